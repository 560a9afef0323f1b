{
  "targets": [
    {
      "target_name": "vas_native",
      "sources": [
        "src/addon.cpp",
        "src/frames/assembler.cpp",
        "src/frames/decoder_log.cpp",
        "src/frames/frame_ring.cpp",
        "src/frames/frame_ring_writer.cpp",
        "src/frames/frame_tap.cpp",
        "src/frames/handover.cpp",
        "src/frames/nut.cpp",
        "src/frames/ring_binding.cpp",
        "src/frames/ring_reader.cpp",
        "src/frames/ring_writer.cpp",
        "src/frames/tap.cpp",
        "src/frames/ts_gate.cpp",
        "src/preprocess/colour.cpp",
        "src/preprocess/letterbox_binding.cpp",
        "src/preprocess/names.cpp",
        "src/preprocess/row.cpp",
        "src/preprocess/row_avx2.cpp",
        "src/preprocess/taps.cpp",
        "src/preprocess/tensor.cpp",
        "src/preprocess/tensor_binding.cpp",
      ],
      "include_dirs": ["src", "<!(node -p \"require('node-addon-api').include_dir\")"],
      # Node-API 8 is in every Node and Electron that we support, so one binary serves both.
      "defines": ["NAPI_VERSION=8", "NAPI_CPP_EXCEPTIONS", "NODE_ADDON_API_DISABLE_DEPRECATED"],
      "cflags!": ["-fno-exceptions"],
      "cflags_cc!": ["-fno-exceptions", "-std=gnu++17", "-fno-rtti"],
      "cflags_cc": ["-std=c++20", "-fexceptions", "-O3", "-Wall", "-Wextra", "-fvisibility=hidden"],
      "xcode_settings": {
        "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
        "CLANG_CXX_LANGUAGE_STANDARD": "c++20",
        "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
      },
      "msvs_settings": {
        "VCCLCompilerTool": { "ExceptionHandling": 1, "AdditionalOptions": ["/std:c++20"] },
      },
    },
  ],
}
