#pragma once
// Notes of a discussion: what is refused, what is kept. Nobody is told who has read what.

#include "modules/liaison/discussion/discussion.hpp"

namespace jishi::liaison {

inline constexpr std::size_t kMostNote = 4'000;     // signs
inline constexpr std::int64_t kMostNotes = 10'000;  // of an object
inline constexpr std::size_t kMostMentions = 20;    // of a note
inline constexpr std::size_t kMostReason = 500;     // signs
inline constexpr int kMostNotesShown = 200;         // of a page

/// Who may take a note of others away: the permission is that of a secretary.
inline constexpr api::Permission kRemoves = "workflow.manage";

struct WriteNote {
  std::string text;
  std::optional<std::vector<Id>> mentions;  // accounts
};
BOOST_DESCRIBE_STRUCT(WriteNote, (), (text, mentions))

/// What the decision to write looks at.
struct NoteView {
  std::size_t signs = 0;
  std::size_t mentions = 0;
  std::int64_t notes = 0;    // that are there
  std::optional<Date> over;  // the last day of the discussion
  bool all_see = true;       // those mentioned
};
/// Errors: liaison.group_over, note_invalid, too_many_mentions, too_many_notes,
/// mention_cannot_see.
std::optional<Error> refuse_note(const NoteView& view);

/// What the decisions to take a note back, or to remove one, look at.
struct GoingView {
  bool own = false;      // the caller wrote it
  bool removes = false;  // the caller may remove notes of others
  bool gone = false;
  std::size_t signs = 1;  // of the reason
};
/// Errors: liaison.note_not_yours, note_gone.
std::optional<Error> refuse_taking_back(const GoingView& view);
/// Errors: liaison.note_not_yours_to_remove, note_gone, removal_reason.
std::optional<Error> refuse_removal(const GoingView& view);

struct NoteWritten {
  Id note = kNoId;
};
BOOST_DESCRIBE_STRUCT(NoteWritten, (), (note))

/// Errors: those of see() and refuse_note().
Result<NoteWritten> write_note(Transaction& tx, const Discussions& discussions,
                               const api::Call& call, const SeenObject& seen,
                               const WriteNote& asked);

/// Takes the text of a note of one's own away; that there was one stays. Errors:
/// liaison.note_unknown, those of refuse_taking_back().
Result<api::Acknowledged> take_back(Transaction& tx, const Discussions& discussions,
                                    const api::Call& call, Id note);

/// Takes the text of a note away, for a reason that stands in its place. Errors:
/// liaison.note_unknown, those of refuse_removal().
Result<api::Acknowledged> remove_note(Transaction& tx, const Discussions& discussions,
                                      const api::Call& call, Id note, std::string_view reason);

struct ShownNote {
  Id note = kNoId;
  Id organisation = kNoId;  // as whose it was written
  std::string organisation_name;
  std::string account_name;
  std::string text;  // empty where it is gone
  std::int64_t at_ms = 0;
  std::string state;            // taken_back, removed; else empty
  std::string removed_by_name;  // of what was removed
  std::string reason;           // likewise
  std::string can;              // what the caller may do: take_back, remove; else empty
};
BOOST_DESCRIBE_STRUCT(ShownNote, (),
                      (note, organisation, organisation_name, account_name, text, at_ms, state,
                       removed_by_name, reason, can))

struct NotesQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(NotesQuery, (), (after, limit))

/// The latest first.
Result<api::Page<ShownNote>> notes_of(const api::Call& call, const SeenObject& seen,
                                      const NotesQuery& query);

/// What a note says, as it is sealed.
std::string note_context(Id note);

}  // namespace jishi::liaison
