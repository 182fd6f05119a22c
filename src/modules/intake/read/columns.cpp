#include "modules/intake/read/columns.hpp"

#include <array>

#include "base/text.hpp"

namespace jishi::intake {

namespace {

constexpr std::size_t kSynonyms = 8;

struct Naming {
  Column column;
  std::string_view header;
  std::array<std::string_view, kSynonyms> synonyms{};
};

using enum Column;

// In the order of Column.
constexpr Naming kNamings[] = {
    {organisation_code,
     "组织代码",
     {"组织编号", "党组织代码", "所在支部代码", "所在组织", "所在支部", "所在党支部"}},
    {person_number, "人员编号"},
    {citizen_id, "公民身份号码", {"身份证号", "身份证号码", "身份证"}},
    {organisation_name, "组织名称", {"党组织全称", "党组织名称"}},
    {parent, "上级组织代码", {"上级代码", "上级组织", "上级党组织"}},
    {organisation_kind, "组织类别"},
    {unit_name, "单位名称"},
    {credit_code, "统一社会信用代码", {"党组织所在单位代码"}},
    {unit_kind, "单位类别"},
    {division, "行政区划代码"},
    {founded, "成立日期", {"建立日期", "成立时间"}},
    {elected, "本届选举日期", {"换届日期"}},
    {term, "任期", {"任期(年)"}},
    {extended_to, "延期至"},
    {ended, "撤销日期"},
    {organisation_phone, "联系电话"},
    {name, "姓名"},
    {sex, "性别"},
    {ethnic, "民族"},
    {birth, "出生日期", {"出生年月"}},
    {education, "学历"},
    {stage, "人员类别", {"党员类别"}},
    {joined, "入党日期", {"加入党组织日期", "入党时间"}},
    {confirmed, "转正日期", {"转正时间"}},
    {probation_until, "预备期延长至"},
    {occupation, "工作岗位", {"职业"}},
    {phone, "手机号码", {"联系电话", "手机", "手机号"}},
    {address, "家庭住址", {"现居住地"}},
    {status, "党籍状态"},
    {lost_since, "失联日期"},
    {floating_since, "流动开始日期"},
    {post_title, "职务"},
    {post_from, "任职日期"},
    {post_to, "免职日期"},
    {activity_kind, "活动类别"},
    {held_on, "日期", {"开展日期"}},
    {period, "所属期间"},
    {topic, "主题"},
    {place, "地点"},
    {due, "应到"},
    {present, "实到"},
    {participants, "参加人"},
    {month, "所属月份"},
    {amount, "金额"},
    {paid_on, "缴纳日期"},
};
static_assert(std::size(kNamings) == kColumnCount);

constexpr ColumnUse kOrganisations[] = {
    {organisation_code},
    {organisation_name, Need::required},
    {parent},
    {organisation_kind, Need::required},
    {unit_name},
    {credit_code},
    {unit_kind},
    {division},
    {founded},
    {elected},
    {term},
    {extended_to},
    {ended},
    {organisation_phone},
};

constexpr ColumnUse kMembers[] = {
    {person_number},
    {name, Need::required},
    {citizen_id},
    {sex},
    {ethnic},
    {birth},
    {education},
    {stage, Need::required},
    {organisation_code, Need::required},
    {joined, Need::required},
    {confirmed},
    {probation_until},
    {occupation},
    {phone},
    {address},
    {status},
    {lost_since},
    {floating_since},
};

constexpr ColumnUse kPosts[] = {
    {person_number, Need::either}, {citizen_id, Need::either},  {organisation_code, Need::required},
    {post_title, Need::required},  {post_from, Need::required}, {post_to},
};

constexpr ColumnUse kActivities[] = {
    {organisation_code, Need::required},
    {activity_kind, Need::required},
    {held_on, Need::required},
    {period},
    {topic},
    {place},
    {due},
    {present},
    {participants},
};

constexpr ColumnUse kDues[] = {
    {person_number, Need::either},
    {citizen_id, Need::either},
    {month, Need::required},
    {amount, Need::required},
    {paid_on},
};

bool means(const Naming& naming, std::string_view folded) {
  if (fold_header(naming.header) == folded) return true;
  for (const auto synonym : naming.synonyms) {
    if (!synonym.empty() && fold_header(synonym) == folded) return true;
  }
  return false;
}

}  // namespace

std::string_view header_of(Column column) {
  return kNamings[static_cast<std::size_t>(column)].header;
}

std::span<const ColumnUse> columns_of(SheetKind kind) {
  switch (kind) {
    case SheetKind::organisations: return kOrganisations;
    case SheetKind::members: return kMembers;
    case SheetKind::posts: return kPosts;
    case SheetKind::activities: return kActivities;
    case SheetKind::dues: return kDues;
  }
  return {};
}

std::optional<Column> column_named(SheetKind kind, std::string_view header) {
  const std::string folded = fold_header(header);
  if (folded.empty()) return std::nullopt;
  for (const auto& use : columns_of(kind)) {
    if (means(kNamings[static_cast<std::size_t>(use.column)], folded)) return use.column;
  }
  return std::nullopt;
}

}  // namespace jishi::intake
