// Discussions over HTTP. Who may is asked of the object's own route (discussion.hpp).
#include "modules/liaison/discussion/routes.hpp"

#include "api/segment_id.hpp"
#include "modules/liaison/discussion/mentions.hpp"
#include "modules/liaison/discussion/notes.hpp"

namespace jishi::liaison {

namespace {

using api::Call;
using api::Nothing;
using http::Method;

struct RemoveNote {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(RemoveNote, (), (reason))

Id note_of(const Call& call) {
  return api::id_in(call, "note");
}

/// The object that the address names; groups have addresses of their own.
Result<SeenObject> seen(const Discussions& discussions, const Call& call) {
  if (const auto group = call.request.segment("group"))
    return see(discussions, call, "group", *group);
  return see(discussions, call, call.request.segment("about").value_or(""),
             call.request.segment("object").value_or(""));
}

/// The operations of a thread, by their names.
struct Thread {
  std::string at;
  std::string_view notes;
  std::string_view write;
};

void thread_routes(api::Routes& routes, const Discussions& discussions, const Thread& named) {
  routes.list<NotesQuery>(named.at + "/notes", {named.notes, {}, api::own_account()},
                          [&](const Call& call, const NotesQuery& query) {
                            const auto found = seen(discussions, call);
                            if (!found) return Result<api::Page<ShownNote>>(found.error());
                            return notes_of(call, *found, query);
                          });
  routes
      .command_as<WriteNote>(
          Method::post, named.at + "/notes", {named.write, {}, api::own_account()},
          [&](Transaction& tx, const Call& call, const WriteNote& asked) -> Result<NoteWritten> {
            const auto found = seen(discussions, call);
            if (!found) return found.error();
            return write_note(tx, discussions, call, *found, asked);
          })
      .status = 201;
}

void mention_routes(api::Routes& routes, const Discussions& discussions) {
  routes.list<MentionableQuery>("/api/v1/discussions/{about}/{object}/mentionable",
                                {"liaison.mentionable", {}, api::own_account()},
                                [&](const Call& call, const MentionableQuery& query) {
                                  const auto found = seen(discussions, call);
                                  if (!found) return Result<api::Page<Mentionable>>(found.error());
                                  return mentionable(discussions, call, *found, query);
                                });
  routes.list<MentionsQuery>("/api/v1/mentions", {"liaison.mentions", {}, api::own_account()},
                             [&](const Call& call, const MentionsQuery& query) {
                               return mentions(discussions, call, query);
                             });
}

}  // namespace

void discussion_routes(api::Routes& routes, const Discussions& discussions) {
  thread_routes(routes, discussions,
                {"/api/v1/groups/{group}", "liaison.notes", "liaison.write_note"});
  thread_routes(routes, discussions,
                {"/api/v1/discussions/{about}/{object}", "liaison.discussion_notes",
                 "liaison.write_discussion_note"});
  mention_routes(routes, discussions);
  routes.command_as<Nothing>(Method::del, "/api/v1/notes/{note}",
                             {"liaison.take_back_note", {}, api::own_account()},
                             [&](Transaction& tx, const Call& call, const Nothing&) {
                               return take_back(tx, discussions, call, note_of(call));
                             });
  routes.command_as<RemoveNote>(
      Method::post, "/api/v1/notes/{note}/removal", {"liaison.remove_note", {}, api::own_account()},
      [&](Transaction& tx, const Call& call, const RemoveNote& asked) {
        return remove_note(tx, discussions, call, note_of(call), asked.reason);
      });
}

}  // namespace jishi::liaison
