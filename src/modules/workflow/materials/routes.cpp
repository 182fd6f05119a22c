#include "api/routes.hpp"

#include <memory>
#include <mutex>

#include "api/paging.hpp"
#include "api/segment_id.hpp"
#include "base/hash.hpp"
#include "ledger/backup/kept_files.hpp"
#include "modules/workflow/cases/sight.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/materials/material_files.hpp"
#include "modules/workflow/materials/material_type.hpp"
#include "modules/workflow/materials/materials.hpp"
#include "modules/workflow/materials/materials.sql.hpp"
#include "modules/workflow/tasks/tasks.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::workflow {

namespace {

using api::Call;
using http::Method;

constexpr std::uint64_t kAroundFile = 64U << 10;  // what a form has beside its file

struct KeptMaterial {
  Id id = kNoId;
  Id case_id = kNoId;
  Id organisation = kNoId;
  std::string status;
  std::string name;
  std::string type;
  std::string place;
  Id added_by = kNoId;
};
BOOST_DESCRIBE_STRUCT(KeptMaterial, (),
                      (id, case_id, organisation, status, name, type, place, added_by))

/// What comes with the file.
struct MaterialForm {
  std::string element;   // the step that asks for it
  std::string material;  // its name in the step's list
};
BOOST_DESCRIBE_STRUCT(MaterialForm, (), (element, material))

struct MaterialsQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(MaterialsQuery, (), (after, limit))

bool is_over(std::string_view status) {
  return status != "running" && status != "suspended";
}

Error over() {
  return fail(ErrorKind::refused, "workflow.material_case_over");
}

/// Papers of cases, for one store. The lock keeps a content from being taken away while another
/// paper with the same content comes.
class Materials {
 public:
  explicit Materials(const Office& office) : office_(office) {}

  Result<ShownMaterial> add(Call& call) {
    const Id case_id = api::id_in(call, "case");
    if (auto refused = refuse_sender(call, case_id)) return std::move(*refused);
    if (const auto query = api::from_query<api::Nothing>(call.request.query); !query)
      return query.error();
    const auto form = api::from_query<MaterialForm>(call.request.form);
    if (!form) return form.error();
    if (call.request.files.size() != 1 || call.request.files.front().field != "file")
      return fail(ErrorKind::invalid, "workflow.material_file", {{"path", "file"}});
    const http::UploadedFile& file = call.request.files.front();
    if (file.size == 0 || file.size > kMostMaterialBytes) {
      return fail(ErrorKind::invalid, "workflow.material_size",
                  {{"path", "file"},
                   {"size", std::to_string(file.size)},
                   {"megabytes", std::to_string(kMostMaterialBytes >> 20)}});
    }
    const auto name = kept_name(file.name);
    if (!name) return name.error();
    const auto type = type_of_file(file.path, *name);
    if (!type) return type.error();
    const auto content = files::read_whole(file.path, kMostMaterialBytes);
    if (!content) return content.error();
    return keep(call, case_id, *form, *name, **type, *content);
  }

  Result<http::Response> content(Call& call) {
    const auto kept = call.store.read(
        [&](db::Reader& reader) { return seen(call, reader, api::id_in(call, "material")); });
    if (!kept) return kept.error();
    auto content = files_of(call).content(kept->place, kMostMaterialBytes);
    if (!content) return content.error();
    http::Response response;
    response.content_type = std::string(material_type(kept->type)->media_type);
    response.headers.emplace_back(
        "Content-Disposition",
        fmt::format("attachment; filename=\"material-{}.{}\"; filename*=UTF-8''{}", kept->id,
                    material_type(kept->type)->ending, percent_encoded(kept->name)));
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = std::move(*content);
    return response;
  }

  Result<api::Acknowledged> remove(Call& call) {
    const std::lock_guard guard(mutex_);
    std::string place;
    const auto done =
        call.store.write(Actor{call.caller.account}, [&](Transaction& tx) -> Result<Done> {
          const auto kept = seen(call, tx, api::id_in(call, "material"));
          if (!kept) return kept.error();
          const bool own = kept->added_by == call.caller.account;
          if (!own && !call.gate.may(call.caller, "workflow.manage", kept->organisation))
            return fail(ErrorKind::forbidden, "workflow.not_your_material");
          if (is_over(kept->status)) return over();
          tx.run(sql::materials::remove, kept->id, tx.store().clock().now_ms());
          tx.fact(fact::kMaterialRemoved, tx.store().clock().today(), kept->organisation,
                  {.subject = kept->id});
          place = kept->place;
          return Done{};
        });
    if (!done) return done.error();
    forget_unused(call, place);
    return api::Acknowledged{};
  }

  Result<api::Page<ShownMaterial>> list(Call& call, const MaterialsQuery& asked) const {
    const auto limit = api::page_limit(asked.limit, kMostMaterialsShown);
    if (!limit) return limit.error();
    const auto after = api::page_after<1>(asked.after, {0});
    if (!after) return after.error();
    const Id case_id = api::id_in(call, "case");
    return call.store.read([&](db::Reader& reader) -> Result<api::Page<ShownMaterial>> {
      const Sight sight = sight_of(call, reader, case_id);
      if (sight == Sight::nothing) return fail(ErrorKind::not_found, "workflow.case_unknown");
      const Id added_by = sight == Sight::whole ? kNoId : call.caller.account;
      api::Page<ShownMaterial> page{
          reader.all<ShownMaterial>(sql::materials::listed, case_id, (*after)[0], added_by,
                                    *limit + 1, call.caller.account),
          std::nullopt};
      if (api::cut_to_page(page.items, *limit)) page.next = api::page_next({page.items.back().id});
      return page;
    });
  }

 private:
  static MaterialFiles files_of(const Call& call) {
    return {kept_files_folder(call.store.folder()), call.store.keys()};
  }

  static std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const unsigned char sign : text) {
      const bool plain = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
                         (sign >= '0' && sign <= '9') || sign == '-' || sign == '.' || sign == '_';
      if (plain) {
        encoded += static_cast<char>(sign);
      } else {
        encoded += fmt::format("%{:02X}", sign);
      }
    }
    return encoded;
  }

  /// A paper that whoever asks may see: of a case that they see as a whole, or put there by them.
  static Result<KeptMaterial> seen(const Call& call, db::Reader& reader, Id material) {
    auto kept = reader.one<KeptMaterial>(sql::materials::kept, material);
    if (!kept) return fail(ErrorKind::not_found, "workflow.material_unknown");
    const Sight sight = sight_of(call, reader, kept->case_id);
    const bool own = sight == Sight::own && kept->added_by == call.caller.account;
    if (sight != Sight::whole && !own)
      return fail(ErrorKind::not_found, "workflow.material_unknown");
    return std::move(*kept);
  }

  /// Papers come from whoever has a task of the case before them, or manages it.
  static std::optional<Error> refuse_sender(const Call& call, Id case_id) {
    return call.store.read([&](db::Reader& reader) -> std::optional<Error> {
      if (sight_of(call, reader, case_id) == Sight::nothing)
        return fail(ErrorKind::not_found, "workflow.case_unknown");
      if (has_task_of(call, reader, case_id)) return std::nullopt;
      const auto place = reader.one<Id>(sql::materials::organisation, case_id).value_or(kNoId);
      if (call.gate.may(call.caller, "workflow.manage", place)) return std::nullopt;
      return fail(ErrorKind::forbidden, "workflow.not_your_material");
    });
  }

  static bool asks_for(const HeldCase& held, const MaterialForm& form) {
    const Index index = held.playable->definition->node(form.element);
    if (index == kNone) return false;
    const Node& node = held.playable->definition->nodes[index];
    if (form.material == kOtherMaterial) return is_activity(node.kind);
    const auto& materials = node.materials;
    return std::find(materials.begin(), materials.end(), form.material) != materials.end();
  }

  Result<ShownMaterial> keep(Call& call, Id case_id, const MaterialForm& form,
                             const std::string& name, const MaterialType& type,
                             const std::string& content) {
    const MaterialFiles files = files_of(call);
    const std::string place = files.place_of(content);
    const std::lock_guard guard(mutex_);
    auto made =
        call.store.write(Actor{call.caller.account}, [&](Transaction& tx) -> Result<ShownMaterial> {
          const auto held = held_case(tx.store(), tx, office_, case_id);
          if (!held) return held.error();
          if (is_over(held->row.status)) return over();
          if (!asks_for(*held, form)) {
            return fail(ErrorKind::invalid, "workflow.material_not_asked",
                        {{"path", "material"}, {"material", form.material}});
          }
          const auto same =
              tx.one<Id>(sql::materials::same, case_id, form.element, form.material, place);
          const auto shown = [&](Id id) {
            return *tx.one<ShownMaterial>(sql::materials::shown, id, call.caller.account);
          };
          if (same) return shown(*same);
          if (tx.one<int>(sql::materials::count, case_id).value_or(0) >= kMostMaterials) {
            return fail(ErrorKind::refused, "workflow.too_many_materials",
                        {{"limit", std::to_string(kMostMaterials)}});
          }
          // The content lies on the disk before the row that names it.
          if (const auto kept = files.keep(place, content); !kept) return kept.error();
          const Id id = tx.new_id();
          tx.run(sql::materials::add, id, case_id, form.element, form.material, name, type.word,
                 static_cast<std::int64_t>(content.size()), to_hex(sha256(content)), place,
                 tx.store().clock().now_ms(), call.caller.account);
          tx.fact(fact::kMaterialAdded, tx.store().clock().today(), held->row.organisation,
                  {.person = held->row.person, .subject = id});
          return shown(id);
        });
    if (!made) forget_unused(call, place);
    return made;
  }

  static void forget_unused(const Call& call, const std::string& place) {
    const bool used = call.store.read([&](db::Reader& reader) {
      return reader.one<int>(sql::materials::in_use, place).has_value();
    });
    if (!used) files_of(call).forget(place);
  }

  const Office& office_;
  std::mutex mutex_;
};

boost::json::object form_shape(api::Schemas& schemas) {
  boost::json::object shape = api::struct_schema<MaterialForm, api::Way::sent>(schemas);
  shape["properties"].as_object()["file"] =
      boost::json::object{{"type", "string"}, {"format", "binary"}};
  shape["required"] = boost::json::array{"element", "material", "file"};
  return shape;
}

}  // namespace

void material_routes(api::Routes& routes, const Office& office) {
  const auto materials = std::make_shared<Materials>(office);
  api::Operation& adding =
      routes.raw(Method::post, "/api/v1/cases/{case}/materials",
                 {"workflow.add_material", {}, api::own_account()}, [materials](Call& call) {
                   const auto added = materials->add(call);
                   if (added) call.status = 201;
                   return api::answer(call, added);
                 });
  adding.body_kind = http::BodyKind::upload;
  adding.body_limit = kMostMaterialBytes + kAroundFile;
  adding.time_limit = std::chrono::minutes(5);
  adding.run = http::Run::on_worker;
  adding.status = 201;
  adding.body = form_shape;
  adding.answer = api::schema_of<ShownMaterial, api::Way::answered>;
  routes.list<MaterialsQuery>("/api/v1/cases/{case}/materials",
                              {"workflow.materials", {}, api::own_account()},
                              [materials](Call& call, const MaterialsQuery& asked) {
                                return materials->list(call, asked);
                              });
  api::Operation& content =
      routes.raw(Method::get, "/api/v1/materials/{material}",
                 {"workflow.material", {}, api::own_account()}, [materials](Call& call) {
                   auto made = materials->content(call);
                   if (made) return std::move(*made);
                   return api::problem(call.request, call.language(), made.error());
                 });
  content.run = http::Run::on_worker;
  content.answer_type = media_types_of_materials();
  routes.act<api::Nothing>(
      Method::del, "/api/v1/materials/{material}",
      {"workflow.remove_material", {}, api::own_account()},
      [materials](Call& call, const api::Nothing&) { return materials->remove(call); });
}

}  // namespace jishi::workflow
