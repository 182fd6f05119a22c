#include "platform/xml/xml.hpp"

#include <gtest/gtest.h>

namespace jishi::xml {
namespace {

std::string code_of(const std::string& text) {
  const auto document = read(text);
  return document ? "" : document.error().code;
}

std::string again(const std::string& text) {
  const auto document = read(text);
  return document ? write(*document) : document.error().code;
}

TEST(Xml, WhatWasReadIsWrittenAsItWas) {
  for (const std::string text :
       {"<a/>\n", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>x</a>\n",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<!-- c -->\n<?p q?>\n"
        "<a/>\n<!-- d -->\n",
        "<a xmlns=\"u\" xmlns:p=\"v\" z=\"1\" p:y=\"2\" b=\"3\"><p:c/> text <b/>\n</a>\n",
        "<a><![CDATA[1 < 2 & 3]]><![CDATA[]]>t<!-- - --><?t u v?></a>\n",
        "<a b=\"&#10;&#9;&#13;&lt;&amp;&quot;'\">&lt;&amp;&gt;&#13;\"'</a>\n",
        "<党员 姓名=\"王\">🐎</党员>\n"}) {
    EXPECT_EQ(again(text), text);
  }
}

TEST(Xml, OtherEncodingsBecomeUtf8) {
  EXPECT_EQ(again("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe4</a>"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>ä</a>\n");
  EXPECT_EQ(again("\xef\xbb\xbf<a/>"), "<a/>\n");
}

TEST(Xml, PrefixesStandForNamespaces) {
  const auto document = read("<p:a xmlns:p='u' p:x='1' y='2'><b xmlns='w'/><p:b/></p:a>");
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->root.is("u", "a"));
  EXPECT_EQ(document->root.attributes[1].space, "u");
  EXPECT_EQ(document->root.attribute("y") != nullptr, true);
  EXPECT_EQ(document->root.attribute("x"), nullptr);
  EXPECT_TRUE(document->root.children[0].is("w", "b"));
  EXPECT_EQ(document->root.child("b"), &document->root.children[1]);
}

TEST(Xml, Refusals) {
  EXPECT_EQ(code_of(""), "xml.unfinished");
  EXPECT_EQ(code_of("<a>"), "xml.unfinished");
  EXPECT_EQ(code_of("<a></b>"), "xml.tag_mismatch");
  EXPECT_EQ(code_of("<a/><b/>"), "xml.second_root");
  EXPECT_EQ(code_of("<a x='1' x='2'/>"), "xml.attribute_twice");
  EXPECT_EQ(code_of("<a>&nbsp;</a>"), "xml.entity");
  EXPECT_EQ(code_of("<a>\x01</a>"), "xml.bad_sign");
  EXPECT_EQ(code_of("<a"), "xml.cut_off");
  EXPECT_EQ(code_of(" <?xml version='1.0'?><a/>"), "xml.declaration");
  // 党员, in GB18030: as it says itself, and without a word.
  EXPECT_EQ(code_of("<?xml version='1.0' encoding='GB18030'?><a>\xb5\xb3\xd4\xb1</a>"),
            "xml.encoding");
  EXPECT_EQ(code_of("<a>\xb5\xb3\xd4\xb1</a>"), "xml.encoding");
  EXPECT_EQ(code_of("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "xml.doctype");
  EXPECT_EQ(code_of("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "xml.doctype");
  EXPECT_EQ(code_of("<p:a/>"), "xml.prefix");
  EXPECT_EQ(code_of("<a p:b='1'/>"), "xml.prefix");
  EXPECT_EQ(code_of("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>"), "xml.twice");
  std::string deep;
  for (int i = 0; i <= kMostDepth; ++i) deep += "<a>";
  EXPECT_EQ(code_of(deep), "xml.too_deep");
  std::string many = "<a>";
  for (std::size_t i = 0; i < kMostNodes; ++i) many += "<b/>";
  EXPECT_EQ(code_of(many + "</a>"), "xml.too_many");
  EXPECT_EQ(code_of(std::string(kMostBytes + 1, ' ')), "xml.too_large");
}

}  // namespace
}  // namespace jishi::xml
