#include "modules/identity/roles/roles.hpp"

#include <fstream>
#include <iterator>
#include <set>

#include <toml++/toml.h>

namespace jishi::identity {

namespace {

/// What is wrong with a roles.toml and where.
struct Fault {
  std::uint32_t line = 0;
  std::string why;
};

std::uint32_t line_of(const toml::node& node) {
  return node.source().begin.line;
}

constexpr std::array<std::string_view, 8> kKeys{"id",    "zh",        "en",         "permissions",
                                                "reach", "separated", "two_factor", "may_grant"};

std::string text_in(const toml::table& table, std::string_view key) {
  const auto value = table[key].value<std::string>();
  if (!value || value->empty()) throw Fault{line_of(table), fmt::format("`{}` is missing", key)};
  return *value;
}

std::vector<std::string> words_in(const toml::table& table, std::string_view key) {
  const auto* listed = table[key].as_array();
  if (listed == nullptr) {
    if (!table.contains(key)) return {};
    throw Fault{line_of(*table.get(key)), fmt::format("`{}` is a list of texts", key)};
  }
  std::vector<std::string> words;
  for (const auto& node : *listed) {
    const auto word = node.value<std::string>();
    if (!word) throw Fault{line_of(node), fmt::format("`{}` is a list of texts", key)};
    words.push_back(*word);
  }
  return words;
}

/// An enumerator by its name; `fallback` where the key is missing.
template <class Enum>
Enum word_in(const toml::table& table, std::string_view key, Enum fallback) {
  if (!table.contains(key)) return fallback;
  Enum value{};
  const auto word = table[key].value<std::string>();
  if (!word || !boost::describe::enum_from_string(word->c_str(), value)) {
    throw Fault{line_of(*table.get(key)), fmt::format("`{}` is none of the words it may be", key)};
  }
  return value;
}

api::PermissionSet permissions_in(const toml::table& table) {
  api::PermissionSet set;
  for (const std::string& name : words_in(table, "permissions")) {
    const auto number = api::number_of(name);
    if (!number) {
      throw Fault{line_of(*table.get("permissions")),
                  fmt::format("there is no permission `{}`", name)};
    }
    set.add(*number);
  }
  if (set.empty()) throw Fault{line_of(table), "`permissions` is missing"};
  return set;
}

Role role_in(const toml::table& table) {
  for (const auto& [key, value] : table) {
    if (std::find(kKeys.begin(), kKeys.end(), key.str()) == kKeys.end()) {
      throw Fault{line_of(value), fmt::format("`{}` is unknown", key.str())};
    }
  }
  Role role;
  role.id = text_in(table, "id");
  role.zh = text_in(table, "zh");
  role.en = text_in(table, "en");
  role.permissions = permissions_in(table);
  role.reach = word_in(table, "reach", Reach::subtree);
  role.separated = word_in(table, "separated", Separated::none);
  role.may_grant = words_in(table, "may_grant");
  if (table.contains("two_factor")) {
    const auto asked = table["two_factor"].value<bool>();
    if (!asked) throw Fault{line_of(*table.get("two_factor")), "`two_factor` is true or false"};
    role.two_factor = *asked;
  }
  return role;
}

// What a role is by itself and beside the others.
void hold_together(const toml::table& table, const Role& role, const std::vector<Role>& before) {
  const auto line = line_of(table);
  for (const Role& other : before) {
    if (other.id == role.id) throw Fault{line, fmt::format("the role `{}` stands twice", role.id)};
  }
  if (role.separated != Separated::none && role.permissions.sees_member_data()) {
    throw Fault{line, "an administrator may not see or change what is recorded of members"};
  }
  if (role.permissions.has("identity.grant_roles") == role.may_grant.empty()) {
    throw Fault{line, "`may_grant` goes with the permission identity.grant_roles"};
  }
}

Roles roles_in(const toml::table& root) {
  const auto* listed = root["role"].as_array();
  if (listed == nullptr) throw Fault{1, "no [[role]]"};
  std::vector<Role> roles;
  for (const auto& node : *listed) {
    const auto* table = node.as_table();
    if (table == nullptr) throw Fault{line_of(node), "a role is a table"};
    Role role = role_in(*table);
    hold_together(*table, role, roles);
    roles.push_back(std::move(role));
  }
  std::set<std::string> ids;
  for (const Role& role : roles) ids.insert(role.id);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    for (const std::string& granted : roles[i].may_grant) {
      if (!ids.contains(granted)) {
        throw Fault{line_of((*listed)[i]), fmt::format("there is no role `{}`", granted)};
      }
    }
  }
  return Roles(std::move(roles));
}

Error invalid(std::string_view file, std::uint32_t line, std::string_view why) {
  return fail(
      ErrorKind::invalid, "identity.roles_invalid",
      {{"file", std::string(file)}, {"line", std::to_string(line)}, {"why", std::string(why)}});
}

}  // namespace

const Role* Roles::find(std::string_view id) const {
  const auto found =
      std::find_if(roles_.begin(), roles_.end(), [&](const Role& role) { return role.id == id; });
  return found == roles_.end() ? nullptr : &*found;
}

Result<Roles> parse_roles(std::string_view toml, std::string_view shown_as) {
  try {
    return roles_in(toml::parse(toml, shown_as));
  } catch (const toml::parse_error& error) {
    return invalid(shown_as, error.source().begin.line, error.description());
  } catch (const Fault& fault) {
    return invalid(shown_as, fault.line, fault.why);
  }
}

Result<Roles> load_roles(const std::filesystem::path& pack) {
  const auto path = pack / "roles.toml";
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad()) {
    return fail(ErrorKind::unavailable, "identity.roles_unreadable", {{"file", path.string()}});
  }
  return parse_roles(text, path.string());
}

bool may_be_held_together(const Role& one, const Role& other) {
  const auto clash = [](const Role& administrator, const Role& beside) {
    return administrator.separated != Separated::none &&
           ((beside.separated != Separated::none && beside.separated != administrator.separated) ||
            beside.permissions.sees_member_data());
  };
  return !clash(one, other) && !clash(other, one);
}

}  // namespace jishi::identity
