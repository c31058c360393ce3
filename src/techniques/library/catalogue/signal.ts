// scipy.signal, scipy.ndimage and Fourier transforms: filters, convolutions, spectra, labels.

import { type Entry, using } from "../entry.ts";
import { FFT, SUMMATION } from "../reasons.ts";

const np = using("import numpy as np");
const signal = using("from scipy import signal");
const ndimage = using("from scipy import ndimage");
const floats = SUMMATION;
const image = [
  [1, 2, 0, 4, 1],
  [3, 5, 2, 1, 0],
  [0, 7, 1, 3, 2],
  [2, 1, 4, 0, 6],
];
const kernel = [
  {
    x: image,
    k: [
      [1, 0, 2],
      [-1, 3, 1],
      [4, 1, -2],
    ],
  },
];

export const entries: Entry[] = [
  np("np.fft.fft({x})", { x: "vector" }, "float vector", { floats: FFT }),
  np("np.fft.ifft({x})", { x: "array" }, "float vector", { floats: FFT }),
  np("np.fft.fft({x})", { x: "array" }, "float vector", { floats: FFT }),
  np("np.fft.rfft({x})", { x: "vector" }, "float vector", { floats: FFT }),
  np("np.abs(np.fft.fft({x}))", { x: "vector" }, "float vector", { floats: FFT }),
  np("np.abs(np.fft.rfft({x}))", { x: "vector" }, "float vector", { floats: FFT }),
  np("np.abs(np.fft.fft({x})) ** 2", { x: "vector" }, "float vector", { floats: FFT }),
  np("np.abs(np.fft.rfft({x})) ** 2", { x: "vector" }, "float vector", { floats: FFT }),
  np("np.fft.fft({x}).{part}", { x: "vector" }, "float vector", {
    floats: FFT,
    vary: { part: ["real", "imag"] },
  }),
  np("np.fft.fft2({x})", { x: "matrix" }, "float matrix", { floats: FFT }),
  np("np.abs(np.fft.fft2({x}))", { x: "matrix" }, "float matrix", { floats: FFT }),
  using("from scipy.fft import dct")("dct({x}, type={type}, norm={norm})", { x: "vector" }, "float vector", {
    floats: FFT,
    vary: { type: ["2", "1", "3", "4"], norm: ["None", '"ortho"'] },
  }),
  signal("signal.convolve2d({x}, {k}, mode={mode})", { x: "matrix", k: "matrix" }, "matrix", {
    floats,
    vary: { mode: ['"full"', '"same"', '"valid"'] },
    refuters: kernel,
  }),
  signal("signal.correlate2d({x}, {k}, mode={mode})", { x: "matrix", k: "matrix" }, "matrix", {
    floats,
    vary: { mode: ['"valid"', '"same"', '"full"'] },
    refuters: kernel,
  }),
  signal("signal.lfilter({b}, {a}, {x})", { b: "vector", a: "vector", x: "vector" }, "float vector", {
    floats,
  }),
  signal(
    "signal.lfilter([{alpha}], [1, {alpha} - 1], {x})",
    { alpha: "number", x: "vector" },
    "float vector",
    { floats },
  ),
  signal("signal.medfilt({x}, {k})", { x: "vector", k: "int" }, "float vector", {
    refuters: [{ x: [5, 1, 4, 2, 8, 3, 7], k: 3 }],
  }),
  signal("signal.detrend({x}, type={type})", { x: "vector" }, "float vector", {
    floats,
    vary: { type: ['"linear"', '"constant"'] },
  }),
  signal("signal.argrelmax({x})[0]", { x: "array1" }, "vector"),
  signal("signal.argrelmin({x})[0]", { x: "array1" }, "vector"),
  signal("signal.find_peaks({x})[0]", { x: "vector" }, "vector"),
  signal("signal.find_peaks({x}, height={h})[0]", { x: "vector", h: "number" }, "vector"),
  ndimage("ndimage.convolve({x}, {k}, mode={mode})", { x: "matrix", k: "matrix" }, "matrix", {
    floats,
    vary: { mode: ['"constant"', '"reflect"', '"nearest"', '"wrap"'] },
    refuters: kernel,
  }),
  ndimage("ndimage.correlate({x}, {k}, mode={mode})", { x: "matrix", k: "matrix" }, "matrix", {
    floats,
    vary: { mode: ['"constant"', '"reflect"', '"nearest"', '"wrap"'] },
    refuters: kernel,
  }),
  ndimage("ndimage.uniform_filter1d({x}, {k}, mode={mode})", { x: "vector", k: "int" }, "float vector", {
    floats,
    vary: { mode: ['"nearest"', '"reflect"', '"constant"', '"wrap"'] },
    refuters: [{ x: [5, 1, 4, 2, 8, 3, 7], k: 3 }],
  }),
  ndimage("ndimage.{f}({x}, {k}, mode={mode})", { x: "vector", k: "int" }, "vector", {
    vary: {
      f: ["maximum_filter1d", "minimum_filter1d"],
      mode: ['"nearest"', '"reflect"', '"constant"', '"wrap"'],
    },
    refuters: [{ x: [5, 1, 4, 2, 8, 3, 7], k: 3 }],
  }),
  ndimage("ndimage.{f}({x}, size={k}, mode={mode})", { x: "matrix", k: "int" }, "matrix", {
    vary: {
      f: ["median_filter", "maximum_filter", "minimum_filter"],
      mode: ['"nearest"', '"reflect"', '"constant"', '"wrap"'],
    },
    refuters: [{ x: image, k: 3 }],
  }),
  ndimage("ndimage.median_filter({x}, size=3, mode={mode})", { x: "matrix" }, "matrix", {
    vary: { mode: ['"nearest"', '"reflect"', '"constant"', '"wrap"'] },
    refuters: [{ x: image }],
  }),
  ndimage("ndimage.label({x})[{which}]", { x: "matrix" }, "matrix", {
    vary: { which: ["0"] },
    refuters: [{ x: image }],
  }),
  ndimage("ndimage.label({x})[1]", { x: "matrix" }, "int", { refuters: [{ x: image }] }),
  using("import numpy as np", "from scipy import ndimage")(
    "ndimage.label({x}, np.ones((3, 3)))[1]",
    { x: "matrix" },
    "int",
    { refuters: [{ x: image }] },
  ),
];
