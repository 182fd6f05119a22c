#include "modules/election/ballot/box.hpp"

#include "api/paging.hpp"
#include "api/routes.hpp"
#include "api/segment_id.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "modules/election/ballot/box.sql.hpp"
#include "modules/election/ballot/journal.hpp"
#include "modules/election/election.hpp"
#include "modules/registry/registry.hpp"
#include "platform/crypto/secret.hpp"

namespace jishi::election {

namespace {

constexpr int kFirstRefusal = 400;  // of HTTP: below it, it was done

using api::Call;
using api::Nothing;
using http::Method;

struct BoxRow {
  Id id = kNoId;
  Id organisation = kNoId;
  std::string title;
  std::string candidates;
  int seats = 0;
  int issued = 0;
  std::int64_t opened = 0;
  std::optional<std::int64_t> closed;
  std::string root;
  std::string head;
};
BOOST_DESCRIBE_STRUCT(BoxRow, (),
                      (id, organisation, title, candidates, seats, issued, opened, closed, root,
                       head))

struct ShownCandidate {
  Id person = kNoId;
  std::string name;
  std::optional<int> votes;  // once the box is closed
};
BOOST_DESCRIBE_STRUCT(ShownCandidate, (), (person, name, votes))

struct ShownBox {
  Id box = kNoId;
  Id organisation = kNoId;
  std::string title;
  int seats = 0;
  int issued = 0;
  int collected = 0;         // ballots so far
  std::optional<int> blank;  // for nobody, once it is closed
  std::int64_t opened_ms = 0;
  std::optional<std::int64_t> closed_ms;
  std::string root;
  std::vector<ShownCandidate> candidates;
};
BOOST_DESCRIBE_STRUCT(ShownBox, (),
                      (box, organisation, title, seats, issued, collected, blank, opened_ms,
                       closed_ms, root, candidates))

/// What a screen on the spot shows to whoever votes.
struct BlankBallot {
  Id box = kNoId;
  std::string title;
  int seats = 0;
  bool open = false;
  std::vector<ShownCandidate> candidates;
  std::string root;  // published for everybody, once it is closed
};
BOOST_DESCRIBE_STRUCT(BlankBallot, (), (box, title, seats, open, candidates, root))

struct Commitment {
  std::string commitment;
};
BOOST_DESCRIBE_STRUCT(Commitment, (), (commitment))

struct PageQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (after, limit))

// Codes are hashed with their box: the same code in two boxes would show nothing.
std::string hash_of_code(Id box, std::string_view code) {
  return to_hex(sha256(fmt::format("election_code/{}/", box), code));
}

// Signs that are not taken for each other on paper.
std::string new_code() {
  constexpr std::string_view kSigns = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  std::string code;
  for (const char byte : crypto::random_bytes(kCodeBytes))
    code += kSigns[static_cast<unsigned char>(byte) % kSigns.size()];
  return code;
}

std::string tidy_code(std::string_view typed) {
  std::string code;
  for (const char sign : to_half_width(typed)) {
    if (sign == ' ' || sign == '-') continue;
    code += sign >= 'a' && sign <= 'z' ? static_cast<char>(sign - 'a' + 'A') : sign;
  }
  return code;
}

BoxTerms terms_of(const BoxRow& row) {
  BoxTerms terms{row.id, row.title, {}, row.seats, row.issued, row.head};
  const auto json = parse_json(row.candidates);
  for (const auto& one : json->as_array()) {
    terms.candidates.push_back(
        {parse_id(one.at("id").as_string()), std::string(one.at("name").as_string())});
  }
  return terms;
}

/// Limits of a number, with what is said where it is none of them.
std::optional<Error> refuse_number(std::size_t number, std::size_t least, std::size_t most,
                                   std::string_view code, std::string_view path) {
  if (number >= least && number <= most) return std::nullopt;
  return fail(ErrorKind::invalid, code,
              {{"path", std::string(path)},
               {"least", std::to_string(least)},
               {"most", std::to_string(most)}});
}

std::optional<Error> refuse_box(const OpenBox& asked) {
  const auto counted = [](int number) { return static_cast<std::size_t>(std::max(number, 0)); };
  if (auto refused = refuse_number(count_code_points(tidy(asked.title)), 1, kMostBoxTitle,
                                   "election.box_title", "title"))
    return refused;
  if (auto refused = refuse_number(asked.candidates.size(), 1, kMostCandidates,
                                   "election.box_candidates", "candidates"))
    return refused;
  if (auto refused =
          refuse_number(counted(asked.seats), 1, kMostCandidates, "election.box_seats", "seats"))
    return refused;
  return refuse_number(counted(asked.codes), kLeastCodes, kMostCodes, "election.box_codes",
                       "codes");
}

/// Whoever may not be elected here is refused the same, whether there is such a person or not:
/// nobody learns a name by asking.
Result<std::vector<BallotCandidate>> candidates_of(Transaction& tx, const Strokes& strokes,
                                                   Id organisation,
                                                   const std::vector<Id>& candidates) {
  std::vector<BallotCandidate> named;
  for (const Id person : candidates) {
    const Id now = registry::person_now(tx, person);
    const auto name = tx.one<std::string>(sql::box::candidate, now, organisation);
    if (!name) {
      return fail(ErrorKind::refused, "election.candidate_unfit",
                  {{"path", "candidates"}, {"person", std::to_string(person)}});
    }
    if (std::any_of(named.begin(), named.end(), [now](const auto& one) { return one.id == now; }))
      return fail(ErrorKind::invalid, "election.chosen_twice", {{"path", "candidates"}});
    named.push_back({now, *name});
  }
  std::stable_sort(named.begin(), named.end(), [&](const auto& left, const auto& right) {
    return strokes.before(left.name, right.name);
  });
  return named;
}

std::string kept(const std::vector<BallotCandidate>& candidates) {
  boost::json::array shown;
  for (const BallotCandidate& one : candidates)
    shown.push_back(boost::json::object{{"id", std::to_string(one.id)}, {"name", one.name}});
  return boost::json::serialize(shown);
}

/// No more codes than members with the right to vote, those of the other open boxes of the
/// organisation counted in; and one box at a time for the same vote.
std::optional<Error> refuse_opening(Transaction& tx, Id organisation, const OpenBox& asked,
                                    const std::string& candidates) {
  const auto voters = tx.one<std::int64_t>(sql::box::voters, organisation).value_or(0);
  if (asked.codes > voters) {
    return fail(ErrorKind::refused, "election.too_many_codes",
                {{"path", "codes"}, {"voters", std::to_string(voters)}});
  }
  if (tx.one<int>(sql::box::open_for, organisation, candidates))
    return fail(ErrorKind::conflict, "election.box_open_already");
  const auto open = tx.one<std::int64_t>(sql::box::open_codes, organisation).value_or(0);
  if (open + asked.codes > voters) {
    return fail(
        ErrorKind::refused, "election.codes_together",
        {{"path", "codes"}, {"open", std::to_string(open)}, {"voters", std::to_string(voters)}});
  }
  return std::nullopt;
}

Result<BoxOpened> open_box(Transaction& tx, const Call& call, const Strokes& strokes,
                           const OpenBox& asked) {
  if (auto refused = refuse_box(asked)) return std::move(*refused);
  auto candidates = candidates_of(tx, strokes, call.organisation, asked.candidates);
  if (!candidates) return candidates.error();
  if (auto refused = refuse_difference(candidates->size(), asked.seats)) return std::move(*refused);
  const std::string held = kept(*candidates);
  if (auto refused = refuse_opening(tx, call.organisation, asked, held)) return std::move(*refused);
  BoxOpened opened;
  opened.box = tx.new_id();
  const std::string head = head_of(
      {opened.box, tidy(asked.title), std::move(*candidates), asked.seats, asked.codes, {}});
  tx.run(sql::box::add, opened.box, call.organisation, tidy(asked.title), held, asked.seats,
         asked.codes, call.caller.account, tx.store().clock().now_ms(), head);
  std::vector<std::string> hashes;
  for (int number = 0; number < asked.codes; ++number) {
    opened.codes.push_back(new_code());
    hashes.push_back(hash_of_code(opened.box, opened.codes.back()));
  }
  // Not in the order in which they are told.
  std::sort(hashes.begin(), hashes.end());
  for (const std::string& hash : hashes) tx.run(sql::box::add_code, opened.box, hash);
  tx.fact(fact::kBoxOpened, tx.store().clock().today(), call.organisation,
          {.subject = opened.box,
           .amount = asked.codes,
           .payload = boost::json::serialize(boost::json::object{{"head", to_hex(sha256(head))}})});
  return opened;
}

Id box_of(const Call& call) {
  return api::id_in(call, "box");
}

Error unknown_box() {
  return fail(ErrorKind::not_found, "election.box_unknown");
}

Error box_closed() {
  return fail(ErrorKind::conflict, "election.box_closed");
}

// No fact, no number, no time: what is written of a ballot is what it says. Whoever is signed in at
// the screen is not looked at.
Result<BallotReceipt> cast(const Call& call, const CastBallot& asked) {
  return call.store.write(Actor{}, [&](Transaction& tx) -> Result<BallotReceipt> {
    const auto row = tx.one<BoxRow>(sql::box::one, box_of(call));
    if (!row) return unknown_box();
    if (row->closed) return box_closed();
    if (auto refused = refuse_choice(terms_of(*row), asked.chosen)) return std::move(*refused);
    if (tx.run(sql::box::use_code, row->id, hash_of_code(row->id, tidy_code(asked.code))) == 0)
      return fail(ErrorKind::refused, "election.code_unknown", {{"path", "code"}});
    // In one order, whichever was ticked first: that would tell ballots apart.
    std::vector<Id> chosen = asked.chosen;
    std::sort(chosen.begin(), chosen.end());
    const std::string record =
        record_of(row->id, chosen, to_hex(crypto::random_bytes(kNonceBytes)));
    BallotReceipt receipt{commitment_of(record)};
    tx.run(sql::box::put_ballot, row->id, receipt.receipt, record);
    return receipt;
  });
}

ShownBox shown(db::Reader& reader, const BoxRow& row) {
  ShownBox box;
  box.box = row.id;
  box.organisation = row.organisation;
  box.title = row.title;
  box.seats = row.seats;
  box.issued = row.issued;
  box.opened_ms = row.opened;
  box.closed_ms = row.closed;
  box.root = row.root;
  box.collected =
      static_cast<int>(reader.one<std::int64_t>(sql::box::count_ballots, row.id).value_or(0));
  const BoxTerms terms = terms_of(row);
  Tally tally;
  if (row.closed) {
    if (auto counted = tally_of(terms, reader.all<std::string>(sql::box::records, row.id)))
      tally = std::move(*counted);
    box.blank = tally.blank;
  }
  for (const BallotCandidate& one : terms.candidates) {
    ShownCandidate& candidate = box.candidates.emplace_back();
    candidate.person = one.id;
    candidate.name = one.name;
    if (row.closed) candidate.votes = tally.votes[one.id];
  }
  return box;
}

/// Written anew in the order of their commitments: what a store keeps of the order in which rows
/// came is of this moment then.
Result<ShownBox> close_box(Transaction& tx, const Call& call, const Nothing&) {
  auto row = tx.one<BoxRow>(sql::box::one, call.subject);
  if (!row) return unknown_box();
  if (row->closed) return box_closed();
  const auto records = tx.all<std::string>(sql::box::records, row->id);
  std::vector<std::string> commitments;
  tx.run(sql::box::clear_ballots, row->id);
  for (const std::string& record : records) {
    commitments.push_back(commitment_of(record));
    tx.run(sql::box::put_ballot, row->id, commitments.back(), record);
  }
  tx.run(sql::box::clear_codes, row->id);
  row->root = root_of(row->head, commitments);
  row->closed = tx.store().clock().now_ms();
  tx.run(sql::box::close, row->id, *row->closed, row->root);
  const std::string payload = boost::json::serialize(boost::json::object{{"root", row->root}});
  tx.fact(fact::kBoxClosed, tx.store().clock().today(), row->organisation,
          {.subject = row->id,
           .amount = static_cast<std::int64_t>(records.size()),
           .payload = payload});
  return shown(tx, *row);
}

Result<ShownBox> show(const Call& call) {
  return call.store.read([&](db::Reader& reader) -> Result<ShownBox> {
    const auto row = reader.one<BoxRow>(sql::box::one, call.subject);
    if (!row) return unknown_box();
    return shown(reader, *row);
  });
}

Result<api::Page<ShownBox>> list(const Call& call, const PageQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostBoxesShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) {
    auto rows = reader.all<BoxRow>(sql::box::list, call.organisation, (*after)[0], *limit + 1);
    api::Page<ShownBox> page;
    if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().id});
    for (const BoxRow& row : rows) page.items.push_back(shown(reader, row));
    return Result(std::move(page));
  });
}

Result<BlankBallot> blank(const Call& call) {
  return call.store.read([&](db::Reader& reader) -> Result<BlankBallot> {
    const auto row = reader.one<BoxRow>(sql::box::one, box_of(call));
    if (!row) return unknown_box();
    BlankBallot ballot{row->id, row->title, row->seats, !row->closed, {}, row->root};
    for (const BallotCandidate& one : terms_of(*row).candidates)
      ballot.candidates.push_back({one.id, one.name, {}});
    return ballot;
  });
}

Result<api::Page<Commitment>> commitments(const Call& call) {
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<Commitment>> {
    const auto row = reader.one<BoxRow>(sql::box::one, box_of(call));
    if (!row) return unknown_box();
    if (!row->closed) return fail(ErrorKind::conflict, "election.box_open");
    return api::Page<Commitment>{reader.all<Commitment>(sql::box::commitments, row->id), {}};
  });
}

http::Response exported(Call& call) {
  const auto made = call.store.read([&](db::Reader& reader) -> Result<std::string> {
    const auto row = reader.one<BoxRow>(sql::box::one, call.subject);
    if (!row) return unknown_box();
    if (!row->closed) return fail(ErrorKind::conflict, "election.box_open");
    return boost::json::serialize(
        export_of(terms_of(*row), reader.all<std::string>(sql::box::records, row->id), row->root));
  });
  if (!made) return api::problem(call.request, call.language(), made.error());
  http::Response response;
  response.content_type = "application/json";
  response.body = *made;
  return response;
}

std::optional<Id> organisation_of_box(db::Reader& reader, Id box) {
  return reader.one<Id>(sql::box::organisation, box);
}

}  // namespace

void routes(api::Routes& routes, const Strokes& strokes) {
  const auto organisation = api::organisation_in("organisation");
  const auto one = api::record_in("box", organisation_of_box);
  // No command with an Idempotency-Key: its answer would be kept, and the codes with it.
  routes
      .act<OpenBox>(Method::post, "/api/v1/organisations/{organisation}/ballot-boxes",
                    {"election.open_box", "workflow.manage", organisation},
                    [&strokes](Call& call, const OpenBox& asked) {
                      const api::CallerReach reach(call.gate, call.caller, call.permission);
                      return call.store.write(
                          Actor{call.caller.account, &reach},
                          [&](Transaction& tx) { return open_box(tx, call, strokes, asked); });
                    })
      .status = 201;
  routes.list<PageQuery>(
      "/api/v1/organisations/{organisation}/ballot-boxes",
      {"election.list_boxes", "workflow.read", organisation},
      [](const Call& call, const PageQuery& query) { return list(call, query); });
  routes.get_slowly<Nothing>("/api/v1/ballot-boxes/{box}",
                             {"election.show_box", "workflow.read", one},
                             [](const Call& call, const Nothing&) { return show(call); });
  auto& closing =
      routes.command_as<Nothing>(Method::post, "/api/v1/ballot-boxes/{box}/closure",
                                 {"election.close_box", "workflow.manage", one}, close_box);
  closing.serve = [close = closing.serve](Call& call) {
    http::Response response = close(call);
    if (response.status < kFirstRefusal) empty_journal(call.store);
    return response;
  };
  routes.get_slowly<Nothing>("/api/v1/ballot-boxes/{box}/blank",
                             {"election.blank_ballot", {}, api::open_to_all()},
                             [](const Call& call, const Nothing&) { return blank(call); });
  auto& casting = routes.act<CastBallot>(
      Method::post, "/api/v1/ballot-boxes/{box}/ballots",
      {"election.cast_ballot", {}, api::open_to_all()},
      [](const Call& call, const CastBallot& asked) { return cast(call, asked); });
  casting.status = 201;
  casting.body_limit = 16U << 10;
  routes.get_slowly<Nothing>("/api/v1/ballot-boxes/{box}/commitments",
                             {"election.commitments", {}, api::open_to_all()},
                             [](const Call& call, const Nothing&) { return commitments(call); });
  auto& file = routes.raw(Method::get, "/api/v1/ballot-boxes/{box}/export",
                          {"election.export_box", "workflow.manage", one}, exported);
  file.run = http::Run::on_worker;
}

}  // namespace jishi::election
