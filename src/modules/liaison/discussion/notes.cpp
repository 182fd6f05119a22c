#include "modules/liaison/discussion/notes.hpp"

#include "api/paging.hpp"
#include "base/text.hpp"
#include "modules/liaison/discussion/discussion.sql.hpp"
#include "modules/liaison/liaison.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::liaison {

namespace {

struct NoteRow {
  Id note = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  Id account = kNoId;
  std::string account_name;
  Blob text;
  std::int64_t at_ms = 0;
  std::optional<std::int64_t> gone;
  Id removed_by = kNoId;
  std::string removed_by_name;
  std::optional<Blob> reason;
};
BOOST_DESCRIBE_STRUCT(NoteRow, (),
                      (note, organisation, organisation_name, account, account_name, text, at_ms,
                       gone, removed_by, removed_by_name, reason))

/// A note by itself: whose it is and where it stands.
struct HeldNote {
  std::string kind;
  std::string rule;
  Id object = kNoId;
  Id account = kNoId;
  std::optional<std::int64_t> gone;
};
BOOST_DESCRIBE_STRUCT(HeldNote, (), (kind, rule, object, account, gone))

std::string reason_context(Id note) {
  return fmt::format("liaison_note.reason/{}", note);
}

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

/// As whose the caller speaks: where they hold a role over the object, else where they hold one, or
/// are a member.
Id speaks_as(Transaction& tx, const api::Call& call, const SeenObject& seen) {
  if (seen.as != kNoId) return seen.as;
  const Date today = tx.store().clock().today();
  const Id account = call.caller.account;
  if (const auto over = tx.one<Id>(sql::discussion::role_over, account, seen.organisation, today))
    return *over;
  if (call.caller.person != kNoId) {
    if (const auto own = registry::organisation_of(tx, call.caller.person)) return *own;
  }
  return tx.one<Id>(sql::discussion::role_anywhere, account, today).value_or(seen.organisation);
}

void tell_mentioned(Transaction& tx, const SeenObject& seen, Id note,
                    const std::vector<Id>& mentioned) {
  for (const Id account : mentioned) {
    tx.run(sql::discussion::mention, account, note);
    const Id person = tx.one<Id>(sql::discussion::person_of, account).value_or(kNoId);
    tx.fact(fact::kMentioned, tx.store().clock().today(), seen.organisation,
            {.person = person, .subject = note});
  }
}

/// A note whose object the caller may see, and the object.
struct Found {
  HeldNote note;
  SeenObject seen;
};

Result<Found> find(Transaction& tx, const Discussions& discussions, const api::Call& call,
                   Id note) {
  auto held = tx.one<HeldNote>(sql::discussion::note, note);
  if (!held) return fail(ErrorKind::not_found, "liaison.note_unknown");
  auto seen = see(discussions, call, Object{held->kind, held->rule, held->object});
  if (!seen) return fail(ErrorKind::not_found, "liaison.note_unknown");
  return Found{std::move(*held), std::move(*seen)};
}

bool removes(const api::Call& call, const SeenObject& seen) {
  return call.gate.may(call.caller, kRemoves, seen.organisation);
}

GoingView going(const api::Call& call, const Found& found) {
  return {found.note.account == call.caller.account, removes(call, found.seen),
          found.note.gone.has_value()};
}

void tell_gone(Transaction& tx, FactKind kind, const Found& found, Id note) {
  tx.fact(kind, tx.store().clock().today(), found.seen.organisation,
          {.subject = found.note.object, .payload = fmt::format(R"({{"note":"{}"}})", note)});
}

Result<ShownNote> shown(const api::Call& call, NoteRow row, bool may_remove) {
  ShownNote note{row.note,
                 row.organisation,
                 std::move(row.organisation_name),
                 std::move(row.account_name),
                 {},
                 row.at_ms,
                 {},
                 {},
                 {},
                 {}};
  const auto& cipher = call.store.keys().cipher();
  if (!row.gone) {
    auto text = cipher.open(row.text, note_context(row.note));
    if (!text) return text.error();
    note.text = std::move(*text);
    if (row.account == call.caller.account)
      note.can = "take_back";
    else if (may_remove)
      note.can = "remove";
    return note;
  }
  note.state = row.removed_by == kNoId ? "taken_back" : "removed";
  note.removed_by_name = std::move(row.removed_by_name);
  if (row.reason) {
    auto reason = cipher.open(*row.reason, reason_context(row.note));
    if (!reason) return reason.error();
    note.reason = std::move(*reason);
  }
  return note;
}

}  // namespace

std::string note_context(Id note) {
  return fmt::format("liaison_note/{}", note);
}

std::optional<Error> refuse_note(const NoteView& view) {
  if (view.over)
    return fail(ErrorKind::conflict, "liaison.group_over", {{"date", to_iso(*view.over)}});
  if (view.signs == 0 || view.signs > kMostNote) {
    return fail(ErrorKind::invalid, "liaison.note_invalid",
                {{"path", "text"}, {"limit", number(kMostNote)}});
  }
  if (view.mentions > kMostMentions) {
    return fail(ErrorKind::invalid, "liaison.too_many_mentions",
                {{"path", "mentions"}, {"limit", number(kMostMentions)}});
  }
  if (view.notes >= kMostNotes)
    return fail(ErrorKind::refused, "liaison.too_many_notes", {{"limit", number(kMostNotes)}});
  if (!view.all_see) return fail(ErrorKind::refused, "liaison.mention_cannot_see");
  return std::nullopt;
}

std::optional<Error> refuse_taking_back(const GoingView& view) {
  if (!view.own) return fail(ErrorKind::forbidden, "liaison.note_not_yours");
  if (view.gone) return fail(ErrorKind::conflict, "liaison.note_gone");
  return std::nullopt;
}

std::optional<Error> refuse_removal(const GoingView& view) {
  if (!view.removes) return fail(ErrorKind::forbidden, "liaison.note_not_yours_to_remove");
  if (view.gone) return fail(ErrorKind::conflict, "liaison.note_gone");
  if (view.signs == 0 || view.signs > kMostReason) {
    return fail(ErrorKind::invalid, "liaison.removal_reason",
                {{"path", "reason"}, {"limit", number(kMostReason)}});
  }
  return std::nullopt;
}

Result<NoteWritten> write_note(Transaction& tx, const Discussions& discussions,
                               const api::Call& call, const SeenObject& seen,
                               const WriteNote& asked) {
  const std::string text(trim(asked.text));
  auto mentioned = asked.mentions.value_or(std::vector<Id>{});
  std::sort(mentioned.begin(), mentioned.end());
  mentioned.erase(std::unique(mentioned.begin(), mentioned.end()), mentioned.end());
  std::erase(mentioned, call.caller.account);
  const Object& object = seen.object;
  NoteView view{
      count_code_points(text), mentioned.size(),
      tx.one<std::int64_t>(sql::discussion::count, object.id, object.kind, object.rule).value_or(0),
      seen.over, true};
  // Asked of no more than may be mentioned.
  view.all_see = view.mentions > kMostMentions ||
                 std::all_of(mentioned.begin(), mentioned.end(), [&](Id account) {
                   return may_see(discussions, call, account, object);
                 });
  if (auto refused = refuse_note(view)) return std::move(*refused);
  const Id note = tx.new_id();
  tx.run(sql::discussion::add, note, object.id, object.kind, object.rule, speaks_as(tx, call, seen),
         call.caller.account, tx.store().keys().cipher().seal(text, note_context(note)),
         tx.store().clock().now_ms());
  tx.fact(fact::kNoteWritten, tx.store().clock().today(), seen.organisation,
          {.subject = object.id});
  tell_mentioned(tx, seen, note, mentioned);
  return NoteWritten{note};
}

Result<api::Acknowledged> take_back(Transaction& tx, const Discussions& discussions,
                                    const api::Call& call, Id note) {
  const auto found = find(tx, discussions, call, note);
  if (!found) return found.error();
  if (auto refused = refuse_taking_back(going(call, *found))) return std::move(*refused);
  tx.run(sql::discussion::take_away, note, Blob(), tx.store().clock().now_ms(), kNoId,
         std::optional<Blob>());
  tell_gone(tx, fact::kNoteTakenBack, *found, note);
  return api::Acknowledged{};
}

Result<api::Acknowledged> remove_note(Transaction& tx, const Discussions& discussions,
                                      const api::Call& call, Id note, std::string_view reason) {
  const auto found = find(tx, discussions, call, note);
  if (!found) return found.error();
  const std::string why(trim(reason));
  GoingView view = going(call, *found);
  view.signs = count_code_points(why);
  if (auto refused = refuse_removal(view)) return std::move(*refused);
  tx.run(sql::discussion::take_away, note, Blob(), tx.store().clock().now_ms(), call.caller.account,
         std::optional<Blob>(tx.store().keys().cipher().seal(why, reason_context(note))));
  tell_gone(tx, fact::kNoteRemoved, *found, note);
  return api::Acknowledged{};
}

Result<api::Page<ShownNote>> notes_of(const api::Call& call, const SeenObject& seen,
                                      const NotesQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostNotesShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  auto rows = call.store.read([&](db::Reader& reader) {
    return reader.all<NoteRow>(sql::discussion::notes, seen.object.id, seen.object.kind,
                               seen.object.rule, (*after)[0], *limit + 1);
  });
  const bool may_remove = removes(call, seen);
  api::Page<ShownNote> page;
  if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().note});
  for (NoteRow& row : rows) {
    auto note = shown(call, std::move(row), may_remove);
    if (!note) return note.error();
    page.items.push_back(std::move(*note));
  }
  return page;
}

}  // namespace jishi::liaison
