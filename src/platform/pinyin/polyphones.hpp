#pragma once
#include <string_view>

namespace jishi::pinyin {

/// Characters of names that are read in more than one way, with all their readings; that of the
/// surname first. `尉迟` and `万俟` need no entry of their own: each of their characters has its
/// readings here.
inline constexpr std::string_view kPolyphones =
    "单 shan dan chan|仇 qiu chou|曾 zeng ceng|解 xie jie|查 zha cha|区 ou qu|尉 wei yu|迟 chi|"
    "万 wan mo|俟 qi si|盖 ge gai|乐 yue le yao|朴 piao pu|任 ren|华 hua|卜 bu bo|员 yun yuan|"
    "缪 miao mou miu|宓 mi fu|冼 xian|洗 xian xi|翟 zhai di|覃 qin tan|召 shao zhao|折 she zhe|"
    "黑 he hei|繁 po fan|秘 bi mi|种 chong zhong|重 chong zhong|逄 pang|褚 chu zhu|葛 ge|"
    "哈 ha|纪 ji|应 ying|燕 yan|宁 ning|令 ling|车 che ju|柏 bai bo|薄 bo bao|郗 xi chi|"
    "郇 xun huan|祭 zhai ji|适 kuo shi|藏 zang cang|臧 zang|长 chang zhang|晁 chao|朝 chao zhao|"
    "谌 chen shen|谢 xie|盛 sheng cheng|石 shi dan|殳 shu|隗 wei kui|牟 mu mou|难 ning nan|"
    "那 na nuo|能 nai neng|倪 ni|粘 nian zhan|钮 niu|欧 ou|番 pan fan|庞 pang|裴 pei|"
    "皮 pi|逢 pang feng|蒲 pu|亓 qi|戚 qi|乜 nie mie|芮 rui|撒 sa|桑 sang|厍 she|佘 she|"
    "什 shen shi|省 sheng xing|舍 she|莘 shen xin|沈 shen chen|瞿 qu ju|曲 qu|阙 que|"
    "冉 ran|若 ruo re|塔 ta|澹 tan dan|台 tai|郯 tan|拓 ta tuo|佟 tong|危 wei|韦 wei|"
    "相 xiang|肖 xiao|郤 xi|校 xiao jiao|幸 xing|行 xing hang|荥 xing ying|玄 xuan|"
    "削 xue xiao|血 xue xie|咸 xian|阎 yan|闫 yan|晏 yan|仰 yang|么 yao me|要 yao|叶 ye xie|"
    "宜 yi|阴 yin|尹 yin|於 yu|余 yu|俞 yu shu|於 yu wu|虞 yu|禹 yu|郁 yu|员 yun yuan|郓 yun|"
    "昝 zan|訾 zi|宗 zong|卒 zu|祝 zhu|竺 zhu|禚 zhuo|占 zhan|着 zhuo zhe zhao|中 zhong|"
    "行 xing hang|参 shen can cen|差 cha chai ci|传 chuan zhuan|大 da dai|得 de dei|调 diao tiao|"
    "都 du dou|度 du duo|发 fa|分 fen|夫 fu|干 gan|冠 guan|还 huan hai|好 hao|和 he huo hu|"
    "会 hui kuai|几 ji|济 ji|系 xi ji|夹 jia|家 jia|贾 jia gu|见 jian xian|降 jiang xiang|"
    "角 jiao jue|觉 jue jiao|结 jie|禁 jin|劲 jin jing|颈 jing|景 jing ying|据 ju|隽 jun juan|"
    "倔 jue|卡 ka qia|可 ke|壳 ke qiao|空 kong|蓝 lan|勒 le lei|累 lei|丽 li|俩 lia liang|"
    "凉 liang|量 liang|六 liu lu|隆 long|绿 lv lu|率 lv shuai|论 lun|落 luo la|脉 mai mo|"
    "没 mei mo|蒙 meng|模 mo mu|娜 na nuo|南 nan na|宁 ning|弄 nong long|炮 pao|片 pian|"
    "屏 ping bing|奇 qi ji|强 qiang jiang|乔 qiao|亲 qin qing|曲 qu|券 quan xuan|色 se shai|"
    "上 shang|少 shao|识 shi zhi|殖 zhi shi|似 si shi|宿 su xiu|遂 sui|弹 tan dan|汤 tang shang|"
    "提 ti di|帖 tie|通 tong|吐 tu|王 wang|为 wei|无 wu mo|吓 xia he|鲜 xian|巷 xiang hang|"
    "兴 xing|旋 xuan|雅 ya|压 ya|亚 ya|艳 yan|饮 yin|有 you|与 yu|予 yu|语 yu|育 yu yo|"
    "月 yue|云 yun|载 zai|择 ze zhai|轧 zha ya ga|粘 nian zhan|正 zheng|只 zhi|中 zhong|"
    "轴 zhou|属 shu zhu|抓 zhua|转 zhuan|斐 fei|茜 qian xi|圳 zhen chou|妮 ni|祎 yi|翌 yi|"
    "晟 sheng cheng|偲 si cai|玟 wen min|珉 min|琦 qi|栖 qi xi|婧 jing|妤 yu|昕 xin|炅 jiong gui|"
    "曦 xi|煜 yu|旸 yang|钰 yu|赟 yun|莹 ying|萍 ping|蔚 wei yu|苑 yuan|媛 yuan|芊 qian|"
    "茁 zhuo|夏 xia jia|厦 sha xia|臻 zhen|涌 yong chong|漯 luo ta|珩 heng hang|琛 chen|"
    "嫒 ai|筠 jun yun|枸 gou ju|桧 hui gui|柜 gui ju|荨 xun qian|蕃 fan bo|魄 po bo|泊 bo po|"
    "泌 mi bi|堡 bao bu pu|埔 pu bu|瀑 pu bao|铺 pu|阿 a e|扎 zha za|喇 la|嘎 ga|噶 ga|"
    "茄 qie jia|伽 jia qie ga|玛 ma|涡 guo wo|浒 xu hu|铅 qian yan|荷 he|菏 he|蚌 bang beng|"
    "亳 bo|歙 she xi|枞 zong cong|尤 you|牟 mu mou|洪 hong|缑 gou|妫 gui|炔 gui que|"
    "女 nv ru|吕 lv lu|律 lv lu|旅 lv lu|履 lv lu|驴 lv lu|略 lve lue|虐 nve nue|闾 lv lu|"
    "侣 lv lu|铝 lv lu|虑 lv lu|氯 lv lu|屡 lv lu|缕 lv lu|滤 lv lu|榈 lv lu|捋 lv lu luo|"
    "掠 lve lue|疟 nve nue yao";

}  // namespace jishi::pinyin
