#include "modules/registry/archive/person_page.hpp"

#include "base/text.hpp"
#include "modules/registry/archive/person_page.sql.hpp"
#include "modules/registry/members/members.hpp"

namespace jishi::registry {

namespace {

/// A membership, with whose it is.
struct Standing {
  std::string number;
  std::string name;
  std::string sex;
  std::string ethnic;
  std::optional<Date> birth;
  std::string birth_precision;
  std::string education;
  std::string occupation;
  std::optional<Blob> citizen_id;
  std::optional<Blob> phone;
  std::optional<Blob> address;
  std::string source;
  Id organisation = kNoId;
  std::string organisation_code;
  std::string organisation_name;
  Date valid_from;
  std::optional<Date> valid_to;
  std::string stage;
  std::optional<Date> joined;
  std::optional<Date> confirmed;
  std::optional<Date> probation_until;
  std::string status;
  std::optional<Date> lost_since;
  std::optional<Date> floating_since;
};
BOOST_DESCRIBE_STRUCT(Standing, (),
                      (number, name, sex, ethnic, birth, birth_precision, education, occupation,
                       citizen_id, phone, address, source, organisation, organisation_code,
                       organisation_name, valid_from, valid_to, stage, joined, confirmed,
                       probation_until, status, lost_since, floating_since))

struct Change {
  std::string field;
  std::string source;
  std::optional<std::int64_t> recorded;  // none: the field is contested
};
BOOST_DESCRIBE_STRUCT(Change, (), (field, source, recorded))

// Of an address only the beginning, which names the place, is shown.
constexpr std::size_t kShownOfAddress = 6;

std::string masked_address(std::string_view address) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < kShownOfAddress && end < address.size(); ++i) {
    end += std::max<std::size_t>(first_code_point(address.substr(end)).length, 1);
  }
  return std::string(address.substr(0, end)) + (end < address.size() ? "***" : "");
}

std::string date_text(const std::optional<Date>& date) {
  return date ? to_iso(*date) : std::string();
}

/// Puts a person's fields in their order, with what is known of each.
class Fields {
 public:
  Fields(const crypto::Keys& keys, Id person, const Standing& head, std::vector<Change> changes)
      : keys_(keys), person_(person), head_(head), changes_(std::move(changes)) {}

  std::vector<ArchiveField> all() {
    add("sex", head_.sex);
    add("ethnic", head_.ethnic);
    add("birth", birth_text(head_.birth, head_.birth_precision));
    add("education", head_.education);
    add("occupation", head_.occupation);
    add_sealed("citizen_id", head_.citizen_id);
    add_sealed("phone", head_.phone);
    add_sealed("address", head_.address);
    add("stage", head_.stage);
    add("joined", date_text(head_.joined));
    add("confirmed", date_text(head_.confirmed));
    add("probation_until", date_text(head_.probation_until));
    add("status", head_.status);
    add("lost_since", date_text(head_.lost_since));
    add("floating_since", date_text(head_.floating_since));
    return std::move(fields_);
  }

 private:
  ArchiveField& add(std::string_view field, std::string value) {
    ArchiveField& added = fields_.emplace_back();
    added.field = field;
    added.value = std::move(value);
    added.source = head_.source;
    // In the order of time: the last one is of the value that stands.
    for (const Change& change : changes_) {
      if (change.field != field) continue;
      if (change.recorded) {
        added.source = change.source;
        added.since_ms = *change.recorded;
      } else {
        added.contested = true;
      }
    }
    return added;
  }

  void add_sealed(std::string_view field, const std::optional<Blob>& sealed) {
    ArchiveField& added = add(field, {});
    added.masked = sealed.has_value();
    if (!sealed) return;
    const std::string plain = open_person_field(keys_, person_, field, *sealed);
    added.value = masked_field(field, plain);
  }

  const crypto::Keys& keys_;
  const Id person_;
  const Standing& head_;
  std::vector<Change> changes_;
  std::vector<ArchiveField> fields_;
};

Error person_missing(Id person) {
  return fail(ErrorKind::not_found, "registry.person_not_found",
              {{"person", std::to_string(person)}});
}

}  // namespace

bool is_personal(std::string_view field) {
  return field == "citizen_id" || field == "phone" || field == "address";
}

std::string masked_field(std::string_view field, std::string_view plain) {
  return field == "address" ? masked_address(plain) : masked(plain);
}

Result<PersonPage> archive_of(db::Reader& reader, const crypto::Keys& keys, Id person) {
  // All at once: whoever asks of a server waits for it once.
  auto standings = reader.ask<Standing>(sql::person_page::memberships, person, kMaxArchiveRows);
  auto posts = reader.ask<ArchivePost>(sql::person_page::posts, person, kMaxArchiveRows);
  auto changes = reader.ask<Change>(sql::person_page::changes, person);
  const auto rows = standings.all();
  if (rows.empty() || rows.front().valid_to) return person_missing(person);
  const Standing& head = rows.front();
  PersonPage page{person,
                  head.name,
                  head.number,
                  head.organisation,
                  head.organisation_code,
                  head.organisation_name,
                  {},
                  {},
                  posts.all()};
  for (const Standing& row : rows) {
    page.memberships.push_back({row.organisation, row.organisation_code, row.organisation_name,
                                row.valid_from, row.valid_to, row.stage, row.status});
  }
  page.fields = Fields(keys, person, head, changes.all()).all();
  return page;
}

Result<PersonPage> person_page(db::Reader& reader, const crypto::Keys& keys, const Scope& scope,
                               Id person) {
  if (scope.places.empty() ||
      !reader.one<int>(sql::person_page::stands_below, person, scope.structure, scope.json())) {
    return person_missing(person);
  }
  return archive_of(reader, keys, person);
}

}  // namespace jishi::registry
