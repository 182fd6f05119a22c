#include "modules/workflow/forms/known_fields.hpp"

#include <gtest/gtest.h>

namespace jishi::workflow {
namespace {

KnownFields of_the_pack() {
  auto known = KnownFields::open(JISHI_SOURCE_DIR "/packs/party");
  if (!known) throw std::runtime_error(known.error().code);
  return std::move(*known);
}

TEST(KnownFields, WhatIsOnRecordIsKnownHoweverItIsWorded) {
  const KnownFields known = of_the_pack();
  for (const char* title : {"党员人数",
                            "支部党员总人数",
                            "本支部党员数（人）",
                            "书记的手机号",
                            "number of members",
                            "Number of members",
                            "目前党员总数",
                            "我支部党员人数有多少",
                            "党员的出生年月",
                            "请填写党员姓名：",
                            "本支部正式党员人数",
                            "支部书记姓名",
                            "书记联系电话",
                            "本组织换届时间",
                            "党员学历",
                            "本支部三会一课次数",
                            "our number of branches",
                            "党费交纳情况（元）",
                            "党支部数量",
                            "The number of members in the branch",
                            "党员的入党时间？",
                            "正式党员数",
                            "预备党员数",
                            "女党员人数",
                            "少数民族党员数",
                            "大专以上党员人数",
                            "失联党员人数",
                            "支部名称",
                            "组织名称",
                            "统一社会信用代码",
                            "书记电话",
                            "支部委员名单",
                            "上次换届时间",
                            "党员大会召开次数",
                            "本年度收缴党费金额",
                            "支部成立时间",
                            "党员姓名和联系电话",
                            "姓名、出生年月及学历",
                            "本支部党员人数/支部数量",
                            "本支部现有正式党员多少名"}) {
    EXPECT_NE(known.asked_by(title), nullptr) << title;
  }
}

TEST(KnownFields, OtherQuestionsMayBeAsked) {
  const KnownFields known = of_the_pack();
  for (const char* title : {"走访群众人数",
                            "参加志愿服务的党员人数",
                            "支部书记意见",
                            "物资数量",
                            "数量",
                            "名单",
                            "困难党员人数",
                            "群众的手机号",
                            "居民联系电话",
                            "联系人",
                            "书记讲党课的题目",
                            "本月收入",
                            "党费使用建议",
                            "支部的困难",
                            "需要的支持",
                            "number of volunteers",
                            "phone calls made",
                            "居民学历",
                            "活动经费",
                            "企业名称",
                            "参加人数",
                            "姓名牌数量",
                            "企业成立时间",
                            "单位名称",
                            "活动名称",
                            "走访群众多少人",
                            "参加人员名单",
                            "困难党员名单",
                            "居民姓名和电话",
                            "姓名和特长",
                            "和谐家庭户数",
                            "今年的打算"}) {
    EXPECT_EQ(known.asked_by(title), nullptr) << title;
  }
}

}  // namespace
}  // namespace jishi::workflow
