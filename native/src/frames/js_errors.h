// FrameError as a JavaScript Error with a `code`.
#pragma once

#include <napi.h>

#include "frames/frame_error.h"

namespace vas::frames {

inline Napi::Error ToJs(Napi::Env env, Code code, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, NameOf(code)));
  return error;
}

// Runs `work`; what it throws of ours reaches JavaScript with its code.
template <typename Work>
auto Guarded(Napi::Env env, Work work) {
  try {
    return work();
  } catch (const FrameError& error) {
    throw ToJs(env, error.code(), error.what());
  }
}

}  // namespace vas::frames
