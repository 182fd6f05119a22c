#include "app/bench/http/visitor.hpp"

namespace jishi::app::bench {

Visitor::Visitor(const Served& served, const Office& office, Purpose purpose)
    : sender_(served.sender()),
      persons_(office.persons),
      month_(month_before(SystemClock().today(), kMonthsBack + static_cast<int>(purpose))),
      key_(fmt::format("{}-{}", static_cast<int>(purpose), SystemClock().now_ms())) {
}

std::string Visitor::page_of(Id person) {
  return "/api/v1/persons/" + std::to_string(person);
}

Id Visitor::next_person() {
  return persons_[random_() % persons_.size()];
}

void Visitor::page(std::string& out) {
  sender_.get(out, page_of(next_person()));
}

void Visitor::payment(std::string& out) {
  ++payments_;
  // Cents tell it from the payments on record, which are of whole yuan.
  constexpr std::int64_t kYuan = 100;
  const std::int64_t cents = payments_ * kYuan + 1 + payments_ % (kYuan - 1);
  sender_.post(out, page_of(next_person()) + "/payments", fmt::format("{}-{}", key_, payments_),
               payment_body(month_, cents));
}

std::string payment_body(std::string_view month, std::int64_t cents) {
  return fmt::format(R"({{"month":"{}","amount":"{}.{:02}"}})", month, cents / 100, cents % 100);
}

std::string month_before(Date today, int back) {
  const int month = month_index(today) - back;
  return fmt::format("{}-{:02}", month / 12, month % 12 + 1);
}

}  // namespace jishi::app::bench
