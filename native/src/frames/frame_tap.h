// The tap for JavaScript.
#pragma once

#include <napi.h>

#include <atomic>
#include <memory>

#include "frames/tap.h"

namespace vas::frames {

class FrameTap : public Napi::ObjectWrap<FrameTap> {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit FrameTap(const Napi::CallbackInfo& info);
  ~FrameTap() override;

 private:
  Napi::Value Start(const Napi::CallbackInfo& info);
  void Spawned(const Napi::CallbackInfo& info);
  void Stop(const Napi::CallbackInfo& info);
  void SetWallOffset(const Napi::CallbackInfo& info);
  void Distrust(const Napi::CallbackInfo& info);
  Napi::Value Stats(const Napi::CallbackInfo& info);
  Napi::Value Port(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);
  Tap& Native(Napi::Env env) const;
  void Release();

  Napi::ThreadSafeFunction notify_;
  bool has_notify_ = false;
  // A notification is on its way; another one would say nothing new.
  std::shared_ptr<std::atomic<bool>> under_way_ = std::make_shared<std::atomic<bool>>(false);
  std::unique_ptr<Tap> tap_;
};

}  // namespace vas::frames
