#include "modules/intake/read/read_plan.hpp"

#include "base/text.hpp"

namespace jishi::intake {

SheetCodes::SheetCodes(const Codes& codes)
    : organisation_kind(codes.set("organisation_kind")),
      unit_kind(codes.set("unit_kind")),
      stage(codes.set("member_stage")),
      status(codes.set("member_status")),
      sex(codes.set("sex")),
      activity_kind(codes.set("activity_kind")),
      post_title(codes.set("post_title")),
      ethnic(codes.set("ethnic")),
      education(codes.set("education")),
      occupation(codes.set("occupation")) {
}

ReadPlan::ReadPlan(const Layout& sheet_layout, const Codes& all_codes, Date as_of)
    : layout(sheet_layout), codes(all_codes), today(as_of) {
  for (std::uint32_t i = 0; i < layout.columns.size(); ++i) {
    const auto column = layout.columns[i];
    folded_headers.push_back(fold_header(layout.headers[i]));
    if (!column) continue;
    Place& place = places[static_cast<std::size_t>(*column)];
    if (place.at == Place::kNowhere)
      place.at = i;
    else
      place.doubled = true;
  }
}

}  // namespace jishi::intake
