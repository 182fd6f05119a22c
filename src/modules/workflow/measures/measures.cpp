#include "modules/workflow/measures/measures.hpp"

#include "modules/registry/registry.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/measures/measures.sql.hpp"

namespace jishi::workflow {

namespace {

/// Of which memberships a measure can be taken, and what they are then.
struct Fit {
  MeasureKind kind;
  std::string_view from;
  std::string_view or_from;
  std::string_view to;
};
constexpr Fit kFits[] = {{MeasureKind::stop, "normal", "normal", "suspended"},
                         {MeasureKind::restore, "suspended", "suspended", "normal"},
                         {MeasureKind::correct, "normal", "normal", "normal"},
                         {MeasureKind::advise_leave, "normal", "suspended", "left"},
                         {MeasureKind::remove, "normal", "suspended", "left"}};

struct Barred {
  Id person = kNoId;
  Date until;
};
BOOST_DESCRIBE_STRUCT(Barred, (), (person, until))

const Fit& fit_of(MeasureKind kind) {
  return *std::find_if(std::begin(kFits), std::end(kFits),
                       [kind](const Fit& fit) { return fit.kind == kind; });
}

std::string word_of_kind(MeasureKind kind) {
  return boost::describe::enum_to_string(kind, "");
}

FactKind fact_of(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::stop: return fact::kMembershipSuspended;
    case MeasureKind::restore: return fact::kMembershipRestored;
    case MeasureKind::correct: return fact::kCorrectionChanged;
    case MeasureKind::advise_leave:
    case MeasureKind::remove: break;
  }
  return fact::kMembershipEnded;
}

/// Of whom a fact of a measure is.
struct Told {
  Id organisation = kNoId;
  Id person = kNoId;
  Id measure = kNoId;
};

void tell(Transaction& tx, FactKind kind, Date on, const Told& told, std::string_view what) {
  const std::string payload =
      boost::json::serialize(boost::json::object{{"what", std::string(what)}});
  tx.fact(kind, on, told.organisation,
          {.person = told.person, .subject = told.measure, .payload = payload});
}

// A period to correct oneself ends with the membership, too.
void close_correction(Transaction& tx, Id person, Date on) {
  if (const auto open = tx.one<Id>(sql::measures::correction, person))
    tx.run(sql::measures::end_correction, *open, on);
}

}  // namespace

std::optional<Error> refuse_measure(const MeasureView& view) {
  if (view.approved > view.today) {
    return fail(ErrorKind::refused, "workflow.measure_in_future",
                {{"date", to_iso(view.approved)}, {"today", to_iso(view.today)}});
  }
  const Fit& fit = fit_of(view.kind);
  if (view.status != fit.from && view.status != fit.or_from)
    return fail(ErrorKind::refused, "workflow.measure_unfit");
  if (view.kind == MeasureKind::correct && view.correcting_until) {
    return fail(ErrorKind::refused, "workflow.correction_open",
                {{"date", to_iso(*view.correcting_until)}});
  }
  return std::nullopt;
}

Error member_elsewhere(db::Reader& reader, Id person, Id organisation) {
  const auto there = registry::organisation(reader, organisation);
  return fail(ErrorKind::refused, "registry.member_elsewhere",
              {{"person", std::to_string(person)},
               {"organisation", there ? there->name : std::string()},
               {"code", there ? there->code : std::to_string(organisation)}});
}

Result<Done> take_measure(Transaction& tx, const Measure& measure) {
  if (registry::organisation_of(tx, measure.person) != measure.organisation)
    return member_elsewhere(tx, measure.person, measure.organisation);
  const MeasureView view{
      measure.kind,
      registry::member_field(tx, tx.store().keys(), measure.person, "status").value_or(""),
      measure.approved, tx.store().clock().today(),
      tx.one<Date>(sql::measures::correcting, measure.person)};
  if (auto refused = refuse_measure(view)) return std::move(*refused);
  const Fit& fit = fit_of(measure.kind);
  const Id id = tx.new_id();
  const std::string word = word_of_kind(measure.kind);
  tx.run(sql::measures::add, id, measure.case_id, measure.person, measure.organisation, word,
         measure.approved, measure.number, measure.until);
  const auto set =
      registry::decide_field(tx, "person", measure.person, {"status", std::string(fit.to)});
  if (!set) return set.error();
  if (fit.to == "left") close_correction(tx, measure.person, measure.approved);
  tell(tx, fact_of(measure.kind), measure.approved, {measure.organisation, measure.person, id},
       measure.kind == MeasureKind::correct ? "begun" : word);
  return Done{};
}

Result<Done> end_correction(Transaction& tx, Id person, Date on) {
  const auto open = tx.one<Id>(sql::measures::correction, person);
  if (!open) return fail(ErrorKind::refused, "workflow.correction_missing");
  tx.run(sql::measures::end_correction, *open, on);
  tell(tx, fact::kCorrectionChanged, on,
       {registry::organisation_of(tx, person).value_or(kNoId), person, *open}, "ended");
  return Done{};
}

std::optional<Date> barred_until(db::Reader& reader, Id person) {
  return reader.one<Date>(sql::measures::barred, person);
}

std::optional<Date> barred_until(Store& store, db::Reader& reader, const Applicant& applicant) {
  constexpr std::size_t kMonth = 7;  // YYYY-MM
  const std::string born = to_iso(applicant.born);
  std::optional<Date> latest;
  for (const Barred& one :
       reader.all<Barred>(sql::measures::barred_of_name, applicant.name, applicant.on)) {
    const auto birth = registry::member_field(reader, store.keys(), one.person, "birth");
    if (!birth || birth->size() < kMonth || !born.starts_with(*birth)) continue;
    if (!latest || *latest < one.until) latest = one.until;
  }
  return latest;
}

}  // namespace jishi::workflow
