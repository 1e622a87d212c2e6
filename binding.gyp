# Builds what ships: build/Release/halfopen.node. What checks it is built by native/CMakeLists.txt.
# Both read native/sources.gypi; the language level, exceptions and warnings are the same in both.
{
  "includes": ["native/sources.gypi"],
  "targets": [
    {
      "target_name": "halfopen",
      "sources": ["<@(core_sources)", "<@(addon_sources)"],
      "include_dirs": ["native/src"],
      "defines": ["NAPI_VERSION=9", "NODE_ADDON_API_DISABLE_DEPRECATED", "NAPI_CPP_EXCEPTIONS",
                  # A worker that is being terminated takes no exceptions: without this the process would abort.
                  "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"],
      "cflags": ["-fvisibility=hidden"],
      "cflags_cc!": ["-fno-exceptions", "-fno-rtti", "-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": [
        "-isystem", "<!(node -p \"require('path').resolve(require('node-addon-api').include_dir)\")",
        "-std=c++20", "-fexceptions", "-fvisibility=hidden", "-fvisibility-inlines-hidden",
        "-Wall", "-Wextra", "-Wconversion", "-Wshadow"
      ],
      "conditions": [
        ["OS=='linux'", {"sources": ["<@(linux_sources)"]}]
      ]
    }
  ]
}
