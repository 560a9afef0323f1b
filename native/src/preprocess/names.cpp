#include "preprocess/names.h"

namespace vas::preprocess {

Napi::Object PlacementToJs(Napi::Env env, const Placement& place) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("x", place.x);
  result.Set("y", place.y);
  result.Set("width", place.width);
  result.Set("height", place.height);
  return result;
}

}  // namespace vas::preprocess
