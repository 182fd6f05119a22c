// What is said of a step that means nothing.
#include "modules/workflow/engine/script.hpp"

#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

/// "done", the verdict of a refusal, or the code of what is wrong with the step.
std::string played(const std::string& step) {
  const auto definition =
      define(process_xml(kStartAndEnd + element("userTask", "draft") + chain({"s", "draft", "e"})));
  Script script(definition, definition->processes.front(), {}, 0);
  const auto begun =
      script.play(feel::value_from_json(R"({"do":"start","by":"li"})").value(), Language::en);
  EXPECT_TRUE(begun);
  const auto one = script.play(feel::value_from_json(step).value(), Language::en);
  return one ? *one->line.entry("verdict")->text() : one.error().code;
}

TEST(Script, TellsWhatIsWrongWithAStep) {
  EXPECT_EQ(played(R"({"do":"approve","task":"draft","by":"li"})"), "done");
  EXPECT_EQ(played(R"({"do":"approve","task":"draft","by":"li","to":null})"), "done");
  EXPECT_EQ(played(R"({"do":"approve","task":77,"by":"li"})"), "process.task_closed");
  EXPECT_EQ(played("5"), "process.script_step");
  EXPECT_EQ(played("{}"), "process.script_verb");
  EXPECT_EQ(played(R"({"do":"frob"})"), "process.script_verb");
  EXPECT_EQ(played(R"({"do":5})"), "process.script_kind");
  EXPECT_EQ(played(R"({"do":"approve","task":"nowhere","by":"li"})"), "process.script_task");
  EXPECT_EQ(played(R"({"do":"send back","task":"draft","by":"li","to":"nowhere"})"),
            "process.script_to");
  EXPECT_EQ(played(R"({"do":"send back","task":"draft","by":"li","to":"previous"})"),
            "process.no_earlier_step");
  EXPECT_EQ(played(R"({"do":"approve","task":{},"by":"li"})"), "process.script_kind");
  EXPECT_EQ(played(R"({"do":"approve","task":"draft","by":7})"), "process.script_kind");
  EXPECT_EQ(played(R"({"do":"approve","task":"draft","by":"li","variables":[1]})"),
            "process.script_kind");
  EXPECT_EQ(played(R"({"do":"approve","task":"draft","by":"li","remark":""})"),
            "process.script_member");
  EXPECT_EQ(played(R"({"do":"add signer","task":"draft","by":"li","where":"behind"})"),
            "process.script_where");
  EXPECT_EQ(played(R"({"advance":"P1D"})"), "done");
  EXPECT_EQ(played(R"({"advance":"soon"})"), "process.script_advance");
  EXPECT_EQ(played(R"({"advance":"-P1D"})"), "process.script_advance");
}

}  // namespace
}  // namespace jishi::workflow
