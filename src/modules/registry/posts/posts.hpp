#pragma once
#include "modules/registry/archive/archive.hpp"
#include "modules/registry/fields/field_text.hpp"
#include "modules/registry/organisations/organisations.hpp"

namespace jishi::registry {

/// A post as a source tells of it.
struct PostRecord {
  Id person = kNoId;
  Id organisation = kNoId;
  std::string_view title;
  Date from;
  std::optional<Date> to;
};

/// Writes what a source tells of a post. Person, organisation, title and first day tell posts
/// apart.
Recorded record_post(Transaction& tx, const Origin& origin, const PostRecord& record);

/// Ends the posts of an organisation that are held on `on` or later; returns them. Their facts hold
/// the end they had before.
std::vector<Id> end_posts(Transaction& tx, const Origin& origin, Id organisation, Date on);

/// Gives a post the end (or none) that end_posts() replaced; `before` is the payload of its fact.
void resume_post(Transaction& tx, const Origin& origin, Id post, std::string_view before);

/// What a field of a post holds; nothing where there is no such post or field.
std::optional<std::string> post_field(db::Reader& reader, Id post, std::string_view field);

/// Gives fields of a post these values, whatever their sources, with a fact. False when there is no
/// such post.
bool put_post_fields(Transaction& tx, Id post, const std::vector<FieldValue>& values);

/// Takes back a post that an import made.
void withdraw_post(Transaction& tx, Id post);

}  // namespace jishi::registry
