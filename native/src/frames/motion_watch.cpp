#include "frames/motion_watch.h"

#include <atomic>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

#include "frames/frame_error.h"
#include "frames/motion.h"
#include "frames/ring_reader.h"

namespace vas::frames {

// Shared with a look that is under way, so that either may end first.
struct MotionWatch::State {
  std::string path;
  std::mutex mutex;  // one look at a time
  std::unique_ptr<RingReader> reader;
  MotionDetector detector;
  LumaGrid grid{};
  uint64_t epoch = 0;
  std::atomic<bool> closed{false};

  // Nothing where the frame is gone or was overwritten meanwhile.
  std::optional<Motion> Look(uint64_t frame_id) {
    std::optional<Motion> motion = LookAt(frame_id);
    // Whoever closed it during this look did not wait for its end.
    if (closed) Close();
    return motion;
  }

  // Lets go of the ring at once, or when the look that is under way has ended; nobody waits for that.
  void Close() {
    closed = true;
    const std::unique_lock lock(mutex, std::try_to_lock);
    if (lock) reader.reset();
  }

 private:
  std::optional<Motion> LookAt(uint64_t frame_id) {
    const std::lock_guard lock(mutex);
    // A ring that was replaced is opened anew.
    for (int attempt = 0; attempt < 2; ++attempt) {
      try {
        if (!reader) reader = std::make_unique<RingReader>(path);
        const FrameView view = reader->ById(frame_id, std::numeric_limits<uint64_t>::max());
        const FrameFields& fields = view.fields;
        ReadLumaGrid(reinterpret_cast<const uint8_t*>(view.pixels), fields.width, fields.height, fields.stride, grid);
        if (!view.StillValid()) return std::nullopt;
        if (std::exchange(epoch, fields.epoch) != fields.epoch) detector.Forget();
        return detector.Update(grid, fields.monotonic_ns);
      } catch (const FrameError&) {
        reader.reset();
      }
    }
    return std::nullopt;
  }
};

namespace {

class LookWorker : public Napi::AsyncWorker {
 public:
  LookWorker(Napi::Env env, std::shared_ptr<MotionWatch::State> state, uint64_t frame_id)
      : Napi::AsyncWorker(env), deferred_(env), state_(std::move(state)), frame_id_(frame_id) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override { motion_ = state_->Look(frame_id_); }

  void OnOK() override {
    const Napi::HandleScope scope(Env());
    if (!motion_) {
      deferred_.Resolve(Env().Null());
      return;
    }
    Napi::Object result = Napi::Object::New(Env());
    static constexpr const char* kNames[kMotionLevels] = {"low", "medium", "high"};
    for (int level = 0; level < kMotionLevels; ++level) {
      auto mask = Napi::Uint8Array::New(Env(), kMotionBytes);
      std::copy(motion_->masks[level].begin(), motion_->masks[level].end(), mask.Data());
      result.Set(kNames[level], mask);
    }
    result.Set("global", motion_->global);
    deferred_.Resolve(result);
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  std::shared_ptr<MotionWatch::State> state_;
  uint64_t frame_id_;
  std::optional<Motion> motion_;
};

}  // namespace

Napi::Function MotionWatch::Define(Napi::Env env) {
  return DefineClass(env, "MotionWatch",
                     {InstanceMethod<&MotionWatch::Look>("look"), InstanceMethod<&MotionWatch::Close>("close")});
}

MotionWatch::MotionWatch(const Napi::CallbackInfo& info) : Napi::ObjectWrap<MotionWatch>(info), state_(std::make_shared<State>()) {
  if (!info[0].IsString()) throw Napi::TypeError::New(info.Env(), "path must be a string");
  state_->path = info[0].As<Napi::String>().Utf8Value();
}

Napi::Value MotionWatch::Look(const Napi::CallbackInfo& info) {
  const double id = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : -1;
  if (!(id >= 1 && id <= 9007199254740991.0)) throw Napi::TypeError::New(info.Env(), "frameId must be an integer from 1 to 2^53 - 1");
  auto* worker = new LookWorker(info.Env(), state_, static_cast<uint64_t>(id));
  const Napi::Promise promise = worker->promise();
  worker->Queue();
  return promise;
}

void MotionWatch::Close(const Napi::CallbackInfo& /*info*/) { state_->Close(); }

}  // namespace vas::frames
