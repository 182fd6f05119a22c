#include "modules/liaison/discussion/notes.hpp"

#include <gtest/gtest.h>

namespace jishi::liaison {
namespace {

template <class View>
struct Case {
  const char* what;
  std::function<void(View&)> change;
  const char* refusal;  // nullptr: it is done
};

template <class View, std::size_t N>
void judge(const Case<View> (&cases)[N], const View& first,
           std::optional<Error> (*refuse)(const View&)) {
  for (const auto& one : cases) {
    View view = first;
    one.change(view);
    const auto refused = refuse(view);
    EXPECT_EQ(refused ? refused->code : "", one.refusal == nullptr ? "" : one.refusal) << one.what;
  }
}

TEST(RefuseNote, Table) {
  const Case<NoteView> cases[] = {
      {"a few words", [](auto&) {}, nullptr},
      {"nothing", [](auto& view) { view.signs = 0; }, "liaison.note_invalid"},
      {"as long as may be", [](auto& view) { view.signs = kMostNote; }, nullptr},
      {"longer", [](auto& view) { view.signs = kMostNote + 1; }, "liaison.note_invalid"},
      {"as many as may be", [](auto& view) { view.mentions = kMostMentions; }, nullptr},
      {"one more",
       [](auto& view) {
         view.mentions = kMostMentions + 1;
         view.all_see = false;
       },
       "liaison.too_many_mentions"},
      {"the last there is room for", [](auto& view) { view.notes = kMostNotes - 1; }, nullptr},
      {"no room", [](auto& view) { view.notes = kMostNotes; }, "liaison.too_many_notes"},
      {"somebody who does not see it", [](auto& view) { view.all_see = false; },
       "liaison.mention_cannot_see"},
      {"over", [](auto& view) { view.over = *make_date(2026, 6, 30); }, "liaison.group_over"},
  };
  judge(cases, NoteView{12, 1, 3, {}, true}, refuse_note);
}

TEST(RefuseTakingBack, Table) {
  const Case<GoingView> cases[] = {
      {"one's own", [](auto&) {}, nullptr},
      {"another's", [](auto& view) { view.own = false; }, "liaison.note_not_yours"},
      {"another's, as secretary",
       [](auto& view) {
         view.own = false;
         view.removes = true;
       },
       "liaison.note_not_yours"},
      {"twice", [](auto& view) { view.gone = true; }, "liaison.note_gone"},
  };
  judge(cases, GoingView{true, false, false}, refuse_taking_back);
}

TEST(RefuseRemoval, Table) {
  const Case<GoingView> cases[] = {
      {"as secretary", [](auto&) {}, nullptr},
      {"as another", [](auto& view) { view.removes = false; }, "liaison.note_not_yours_to_remove"},
      {"twice", [](auto& view) { view.gone = true; }, "liaison.note_gone"},
      {"without a reason", [](auto& view) { view.signs = 0; }, "liaison.removal_reason"},
      {"a long one", [](auto& view) { view.signs = kMostReason + 1; }, "liaison.removal_reason"},
  };
  judge(cases, GoingView{false, true, false, 8}, refuse_removal);
}

TEST(ObjectNamed, Table) {
  const Discussed light{.kind = "organisation_light", .about = {}, .of_rule = true};
  const Discussed plain{.kind = "case", .about = {}};
  EXPECT_EQ(object_named(plain, "12"), (Object{"case", "", 12}));
  EXPECT_EQ(object_named(light, "orglife.members_meeting.12"),
            (Object{"organisation_light", "orglife/members_meeting", 12}));
  for (const char* name : {"", "x", "-1", "0", "1.2", "orglife.members_meeting.12"})
    EXPECT_FALSE(object_named(plain, name)) << name;
  for (const char* name : {"", "12", "a.12", ".b.12", "a..12", "a.b.", "a.b.x", "a.b.-1"})
    EXPECT_FALSE(object_named(light, name)) << name;
  EXPECT_EQ(name_of({"organisation_light", "orglife/members_meeting", 12}),
            "orglife.members_meeting.12");
  EXPECT_EQ(name_of({"case", "", 12}), "12");
}

}  // namespace
}  // namespace jishi::liaison
