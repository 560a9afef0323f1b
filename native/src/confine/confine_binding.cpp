#include "confine/confine_binding.h"

#include "confine/confine.h"

namespace vas::confine {
namespace {

std::vector<std::string> Paths(const Napi::Object& wish, const char* name) {
  const Napi::Value given = wish.Get(name);
  if (!given.IsArray()) throw Napi::TypeError::New(wish.Env(), std::string(name) + " must be an array of paths");
  const auto array = given.As<Napi::Array>();
  std::vector<std::string> paths;
  for (uint32_t index = 0; index < array.Length(); index++) {
    const Napi::Value path = array.Get(index);
    if (!path.IsString()) throw Napi::TypeError::New(wish.Env(), std::string(name) + " must be an array of paths");
    paths.push_back(path.As<Napi::String>().Utf8Value());
  }
  return paths;
}

Napi::Value ConfineCall(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (info.Length() < 1 || !info[0].IsObject()) throw Napi::TypeError::New(env, "wish must be an object");
  const auto given = info[0].As<Napi::Object>();
  const Outcome outcome = Confine({Paths(given, "readable"), Paths(given, "sockets"), Paths(given, "devices")});
  Napi::Object result = Napi::Object::New(env);
  result.Set("landlock", Napi::Number::New(env, outcome.landlock));
  result.Set("network", Napi::Boolean::New(env, outcome.network));
  return result;
}

}  // namespace

void RegisterConfine(Napi::Env env, Napi::Object exports) {
  exports.Set("confine", Napi::Function::New(env, ConfineCall, "confine"));
}

}  // namespace vas::confine
