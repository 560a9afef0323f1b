// @ts-check
// Which Debian packages are needed for what. `program` says how to recognise the same thing on a machine where
// it came from elsewhere; `or` names the package in other releases of Debian and Ubuntu.

/** @typedef {{name: string, or?: string[], program?: string, what: string}} Need */

/** @type {Record<string, Need[]>} */
export const groups = {
  runtime: [
    { name: 'ffmpeg', program: 'ffmpeg', what: 'FFmpeg: camera input, recording, decoding' },
    { name: 'libgtk-3-0', or: ['libgtk-3-0t64'], what: 'GTK 3 for Electron' },
    { name: 'libnss3', what: 'NSS for Electron' },
    { name: 'libasound2', or: ['libasound2t64'], what: 'ALSA for Electron' },
    { name: 'libgbm1', what: 'GBM for Electron' },
    { name: 'libxss1', what: 'X screen saver library for Electron' },
    { name: 'libatk-bridge2.0-0', or: ['libatk-bridge2.0-0t64'], what: 'accessibility bridge for Electron' },
    { name: 'libcups2', or: ['libcups2t64'], what: 'CUPS library for Electron' },
    { name: 'libdrm2', what: 'DRM library for Electron' },
  ],
  display: [{ name: 'xvfb', program: 'Xvfb', what: 'Xvfb: a display where there is none' }],
  cameras: [
    { name: 'python3-gi', what: 'Python bindings for the RTSP test cameras' },
    { name: 'gir1.2-gst-rtsp-server-1.0', what: 'GStreamer RTSP server for the test cameras' },
    { name: 'gstreamer1.0-plugins-base', what: 'GStreamer plugins for the test cameras' },
    { name: 'gstreamer1.0-plugins-good', what: 'GStreamer plugins for the test cameras' },
    { name: 'gstreamer1.0-plugins-bad', what: 'GStreamer plugins for the test cameras' },
    { name: 'gstreamer1.0-plugins-ugly', what: 'GStreamer plugins for the test cameras' },
    { name: 'gstreamer1.0-libav', what: 'GStreamer plugins for the test cameras: AAC and G.726' },
    { name: 'gstreamer1.0-tools', program: 'gst-launch-1.0', what: 'GStreamer tools for the test cameras' },
  ],
  test: [
    { name: 'iproute2', program: 'ip', what: 'ip: network faults in tests' },
    {
      name: 'gnome-keyring',
      program: 'gnome-keyring-daemon',
      what: 'GNOME keyring: the password store in tests',
    },
    { name: 'dbus', program: 'dbus-run-session', what: 'D-Bus: the password store in tests' },
    { name: 'libsecret-1-0', what: 'libsecret: the password store in tests' },
    { name: 'openssl', program: 'openssl', what: 'openssl: independent check of signatures in tests' },
  ],
  soak: [{ name: 'iptables', program: 'iptables', what: 'iptables: lost packets in the soak' }],
  package: [
    { name: 'dpkg-dev', program: 'dpkg-shlibdeps', what: 'dpkg-dev: which libraries the package needs' },
  ],
  unzip: [{ name: 'unzip', program: 'unzip', what: 'unzip: the fallback Electron runtime' }],
  compiler: [
    { name: 'g++', program: 'g++', what: 'g++: native addons' },
    { name: 'make', program: 'make', what: 'make: native addons' },
    { name: 'python3', program: 'python3', what: 'Python 3: node-gyp' },
  ],
  workerBuild: [
    { name: 'meson', program: 'meson', what: 'meson: mediasoup-worker' },
    { name: 'ninja-build', program: 'ninja', what: 'ninja: mediasoup-worker' },
    { name: 'pkg-config', or: ['pkgconf'], program: 'pkg-config', what: 'pkg-config: mediasoup-worker' },
    { name: 'libuv1-dev', what: 'libuv headers: mediasoup-worker' },
    { name: 'libssl-dev', what: 'OpenSSL headers: mediasoup-worker' },
    { name: 'libsrtp2-dev', what: 'libsrtp headers: mediasoup-worker' },
    { name: 'libabsl-dev', what: 'Abseil headers: mediasoup-worker' },
    { name: 'libflatbuffers-dev', what: 'FlatBuffers headers: mediasoup-worker' },
    { name: 'flatbuffers-compiler', program: 'flatc', what: 'flatc: mediasoup-worker' },
  ],
  // What our own build of mediasoup-worker is linked against: a cached one needs only these.
  workerRun: [
    { name: 'libuv1', or: ['libuv1t64'], what: 'libuv for mediasoup-worker' },
    { name: 'libssl3', or: ['libssl3t64'], what: 'OpenSSL for mediasoup-worker' },
    { name: 'libsrtp2-1', what: 'libsrtp for mediasoup-worker' },
    {
      name: 'libabsl20220623',
      or: ['libabsl20220623t64', 'libabsl20240722', 'libabsl20230802'],
      what: 'Abseil for mediasoup-worker',
    },
  ],
};

/** @param {string[]} names */
export const needsOf = (names) => names.flatMap((name) => groups[name] ?? []);
