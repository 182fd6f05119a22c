// A file as other tools write them: kept whole, refused element by element.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/workflow/definition/definition.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::workflow {
namespace {

std::string fixture() {
  return files::read_whole(JISHI_SOURCE_DIR "/tests/fixtures/bpmn/everything.bpmn", xml::kMostBytes)
      .value();
}

TEST(DefinitionFixtures, WhatOtherToolsWriteIsKeptToTheLetter) {
  const auto document = xml::read(fixture());
  ASSERT_TRUE(document);
  EXPECT_EQ(xml::write(*document), fixture());
}

TEST(DefinitionFixtures, EachElementThatIsNotExecutedIsNamed) {
  const auto document = xml::read(fixture());
  Findings findings;
  EXPECT_EQ(read_definition(*document, {}, findings), nullptr);
  std::vector<std::string> elements;
  for (const Finding& finding : findings) elements.push_back(finding.element);
  EXPECT_THAT(elements,
              ::testing::UnorderedElementsAre("start", "t1", "evsub", "tx", "adhoc", "ebg", "cg",
                                              "script", "send", "loop", "bsig", "link", "endesc"));
}

}  // namespace
}  // namespace jishi::workflow
