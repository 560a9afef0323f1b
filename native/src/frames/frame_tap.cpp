#include "frames/frame_tap.h"

#include "arguments.h"
#include "frames/frame_ring_writer.h"
#include "frames/js_errors.h"

namespace vas::frames {

namespace {

constexpr double kMaxSafe = 9007199254740991.0;

double ReadNumber(const Napi::Value& value, const char* name) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (!(number >= -kMaxSafe && number <= kMaxSafe)) throw Napi::TypeError::New(value.Env(), std::string(name) + " must be a number");
  return number;
}

}  // namespace

Napi::Function FrameTap::Define(Napi::Env env) {
  return DefineClass(env, "FrameTap",
                     {
                         InstanceMethod<&FrameTap::Start>("start"),
                         InstanceMethod<&FrameTap::Spawned>("spawned"),
                         InstanceMethod<&FrameTap::Stop>("stop"),
                         InstanceMethod<&FrameTap::SetWallOffset>("setWallOffset"),
                         InstanceMethod<&FrameTap::Distrust>("distrust"),
                         InstanceMethod<&FrameTap::Stats>("stats"),
                         InstanceMethod<&FrameTap::Close>("close"),
                         InstanceAccessor<&FrameTap::Port>("port"),
                     });
}

FrameTap::FrameTap(const Napi::CallbackInfo& info) : Napi::ObjectWrap<FrameTap>(info) {
  if (!info[0].IsFunction()) throw Napi::TypeError::New(info.Env(), "createFrameTap: onNews must be a function");
  notify_ = Napi::ThreadSafeFunction::New(info.Env(), info[0].As<Napi::Function>(), "vas-tap", 0, 1);
  // Waiting for pictures keeps nobody from ending.
  notify_.Unref(info.Env());
  has_notify_ = true;
  try {
    tap_ = Guarded(info.Env(), [this] {
      return std::make_unique<Tap>([notify = notify_, under_way = under_way_]() mutable {
        if (under_way->exchange(true)) return;
        const auto status = notify.NonBlockingCall([under_way](Napi::Env env, Napi::Function on_news) {
          under_way->store(false);
          if (env != nullptr && !on_news.IsEmpty()) on_news.Call({});
        });
        if (status != napi_ok) under_way->store(false);
      });
    });
  } catch (...) {
    Release();
    throw;
  }
}

FrameTap::~FrameTap() { Release(); }

void FrameTap::Release() {
  tap_.reset();
  if (has_notify_) notify_.Release();
  has_notify_ = false;
}

Tap& FrameTap::Native(Napi::Env env) const {
  if (!tap_) throw ToJs(env, Code::kEnded, "the tap was closed");
  return *tap_;
}

Napi::Value FrameTap::Start(const Napi::CallbackInfo& info) {
  Tap& tap = Native(info.Env());
  const Fields fields(info[0], "start: run");
  FrameAssembler::Plan plan;
  plan.path = fields.Text("path");
  plan.camera_id = fields.Text("cameraId");
  plan.capacity = static_cast<uint32_t>(fields.Integer("capacity", kMinCapacity, kMaxCapacity));
  plan.max_bytes = static_cast<size_t>(fields.Number("maxBytes", 1, kMaxSafe));
  plan.first_epoch = static_cast<uint64_t>(fields.Integer("firstEpoch", 0, static_cast<int32_t>(kMaxEpoch)));
  plan.epochs = static_cast<uint64_t>(fields.Integer("epochs", 1, 1000));
  const auto hint = static_cast<int64_t>(fields.Number("hintPts", -kMaxSafe, kMaxSafe));
  const DecoderEnds ends = Guarded(info.Env(), [&] { return tap.Start(plan, hint); });
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("input", ends.input);
  result.Set("output", ends.output);
  result.Set("log", ends.log);
  return result;
}

void FrameTap::Spawned(const Napi::CallbackInfo& info) { Native(info.Env()).Spawned(); }
void FrameTap::Stop(const Napi::CallbackInfo& info) { Native(info.Env()).Stop(); }
void FrameTap::Distrust(const Napi::CallbackInfo& info) { Native(info.Env()).Distrust(); }
void FrameTap::Close(const Napi::CallbackInfo& /*info*/) { Release(); }

void FrameTap::SetWallOffset(const Napi::CallbackInfo& info) {
  Native(info.Env()).SetWallOffset(static_cast<int64_t>(ReadNumber(info[0], "setWallOffset: microseconds")));
}

Napi::Value FrameTap::Port(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), Native(info.Env()).port());
}

Napi::Value FrameTap::Stats(const Napi::CallbackInfo& info) {
  const TapStats stats = Native(info.Env()).Stats();
  Napi::Object result = Napi::Object::New(info.Env());
  const auto number = [&](const char* name, uint64_t value) { result.Set(name, static_cast<double>(value)); };
  number("published", stats.published);
  number("refused", stats.refused);
  number("misfits", stats.misfits);
  number("newestFrameId", stats.newest);
  number("epoch", stats.epoch);
  number("width", stats.width);
  number("height", stats.height);
  number("losses", stats.losses);
  number("complaints", stats.complaints);
  number("packets", stats.packets);
  number("keyFrames", stats.key_frames);
  result.Set("running", stats.running);
  result.Set("changed", stats.changed);
  result.Set("problem", stats.problem);
  Napi::Array log = Napi::Array::New(info.Env(), stats.log.size());
  for (uint32_t i = 0; i < stats.log.size(); ++i) log[i] = Napi::String::New(info.Env(), stats.log[i]);
  result.Set("log", log);
  return result;
}

}  // namespace vas::frames
