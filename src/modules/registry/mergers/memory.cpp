#include "modules/registry/mergers/memory.hpp"

#include "modules/registry/mergers/mergers.sql.hpp"

namespace jishi::registry {

namespace {

std::string context_of_row(Id merger, std::string_view place, int number) {
  return fmt::format("registry.merger:{}:{}:{}", merger, place, number);
}

struct HeldRow {
  int number = 0;
  Blob held;
};
BOOST_DESCRIBE_STRUCT(HeldRow, (), (number, held))

}  // namespace

void MergerMemory::keep_text(const std::string& text, Id batch) {
  const int number = ++number_;
  tx_.run(sql::mergers::keep_row, merger_, place_, number, batch,
          tx_.store().keys().cipher().seal(text, context_of_row(merger_, place_, number)));
}

std::vector<std::string> MergerMemory::texts() {
  std::vector<std::string> texts;
  for (const HeldRow& row : tx_.all<HeldRow>(sql::mergers::kept_rows, merger_, place_)) {
    auto text =
        tx_.store().keys().cipher().open(row.held, context_of_row(merger_, place_, row.number));
    if (!text) throw db::Failure(db::FailureKind::damaged, "a merger's memory does not open");
    texts.push_back(std::move(*text));
  }
  return texts;
}

}  // namespace jishi::registry
