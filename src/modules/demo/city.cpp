#include "modules/demo/activity.hpp"
#include "modules/demo/demo.hpp"
#include "modules/demo/dues.hpp"
#include "modules/demo/organisations.hpp"
#include "modules/demo/people.hpp"
#include "modules/demo/posts.hpp"

namespace jishi::demo {

namespace {

/// Goes through the organisations once for each kind of row; the people of a branch are made again
/// each time, which is cheaper than to keep them.
class CityMaker {
 public:
  CityMaker(const Shares& shares, const CityPlan& plan, CitySink& sink)
      : sink_(sink),
        city_(plan_city(shares, plan)),
        people_maker_(shares, plan),
        posts_(shares, plan),
        activities_(shares, plan, sink, counts_),
        dues_(shares, plan, sink, counts_) {}

  CityCounts make() {
    counts_.stopped = !(organisations() && members() && posts() && activities() && payments());
    return counts_;
  }

 private:
  bool organisations();
  bool members();
  bool posts();
  bool activities();
  bool payments();

  std::uint32_t size() const { return static_cast<std::uint32_t>(city_.bodies.size()); }
  /// Makes the people of an organisation, those of its seat for an upper one.
  void gather(const Body& body);

  CitySink& sink_;
  CityCounts counts_;
  City city_;
  PeopleMaker people_maker_;
  Posts posts_;
  Activities activities_;
  Dues dues_;
  std::vector<Person> people_;
  std::vector<Holding> holdings_;
};

void CityMaker::gather(const Body& body) {
  if (body.is_branch()) {
    people_maker_.make(body, people_);
  } else if (body.seat != kNoBody) {
    people_maker_.make(city_.bodies[body.seat], people_);
  } else {
    people_.clear();
  }
}

bool CityMaker::organisations() {
  intake::OrganisationRow row;
  for (std::uint32_t i = 0; i < size(); ++i) {
    fill_row(city_, i, row);
    ++counts_.organisations;
    if (!sink_.organisation(row)) return false;
  }
  return true;
}

bool CityMaker::members() {
  intake::MemberRow row;
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (!city_.bodies[i].is_branch()) continue;
    gather(city_.bodies[i]);
    for (const Person& person : people_) {
      people_maker_.fill_row(person, i, row);
      ++counts_.members;
      if (!sink_.member(row)) return false;
    }
  }
  return true;
}

bool CityMaker::posts() {
  intake::PostRow row;
  for (std::uint32_t i = 0; i < size(); ++i) {
    gather(city_.bodies[i]);
    posts_.make(i, city_.bodies[i], people_, holdings_);
    write_code(i, row.organisation);
    for (const Holding& holding : holdings_) {
      write_number(people_[holding.place].number, row.number);
      row.title = holding.title;
      row.from = holding.from;
      row.to = holding.to;
      ++counts_.posts;
      if (!sink_.post(row)) return false;
    }
  }
  return true;
}

bool CityMaker::activities() {
  for (std::uint32_t i = 0; i < size(); ++i) {
    const Body& body = city_.bodies[i];
    if (!body.is_branch()) continue;
    gather(body);
    posts_.make(i, body, people_, holdings_);
    if (!activities_.make(i, body, people_, holdings_)) return false;
  }
  return true;
}

bool CityMaker::payments() {
  for (const Body& body : city_.bodies) {
    if (!body.is_branch()) continue;
    gather(body);
    for (const Person& person : people_) {
      if (!dues_.make(person)) return false;
    }
  }
  return true;
}

Error out_of_range(const char* field, std::string from, std::string to, std::string value) {
  return fail(ErrorKind::invalid, "demo.plan_invalid",
              {{"field", field},
               {"from", std::move(from)},
               {"to", std::move(to)},
               {"value", std::move(value)}});
}

// The statistics are of 2024; further back or ahead their ages and years of joining make no city.
const Date kFirstDay = make_date(2020, 1, 1).value();
const Date kLastDay = make_date(2039, 12, 31).value();

}  // namespace

Result<CityCounts> make_city(const Shares& shares, const CityPlan& plan, CitySink& sink) {
  if (plan.members < kMinMembers || plan.members > kMaxMembers) {
    return out_of_range("members", std::to_string(kMinMembers), std::to_string(kMaxMembers),
                        std::to_string(plan.members));
  }
  if (plan.years < 1 || plan.years > kMaxYears) {
    return out_of_range("years", "1", std::to_string(kMaxYears), std::to_string(plan.years));
  }
  if (plan.as_of < kFirstDay || plan.as_of > kLastDay) {
    return out_of_range("as_of", to_iso(kFirstDay), to_iso(kLastDay), to_iso(plan.as_of));
  }
  return CityMaker(shares, plan, sink).make();
}

}  // namespace jishi::demo
