import { checkArguments, signature } from "../../core/signature.ts";
import type { Activation } from "../../kernels/elementwise/activations.ts";
import { add } from "../../ops/elementwise/elementwise.ts";
import { composed, type PassOn } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Conv2d } from "../conv/conv.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { type BlockOptions, basicKinds, conv1x1, conv3x3, normAct, normLayer } from "./residual.ts";

/**
 * F(act(norm(x))) + x, with nothing after the addition. If sizes change, the shortcut is a projection of act(norm(x)),
 * without a norm.
 */
abstract class PreActivated extends Module {
  readonly #shortcut: boolean;
  protected readonly act: Activation;
  readonly bn1: Module;
  abstract readonly downsample: Conv2d | undefined;

  constructor(inC: number, options: BlockOptions) {
    super();
    this.#shortcut = options.shortcut ?? true;
    this.act = options.activation ?? "relu";
    this.bn1 = made(this, () => normLayer(options.norm ?? "batch", inC));
  }

  /** F, from its first convolution on. */
  protected abstract residual(h: Tensor, pass: PassOn): Tensor;

  override forward(x: Tensor): Tensor {
    return composed((pass) => {
      const h = pass(normAct(this.bn1, x, { act: this.act }, pass));
      const f = this.residual(h, pass);
      if (!this.#shortcut) return f;
      return add(this.downsample ? pass(this.downsample.forward(h)) : x, pass(f));
    });
  }
}

function preProjection(inC: number, outC: number, options: BlockOptions): Conv2d | undefined {
  const { stride = 1, shortcut = true } = options;
  if (!shortcut || (stride === 1 && inC === outC)) return undefined;
  return conv1x1(inC, outC, stride);
}

/** norm, act and conv twice, then the addition (He et al., "Identity mappings", 2016). */
export class PreActivationBlock extends PreActivated {
  static override readonly signature = /* @__PURE__ */ signature("PreActivationBlock", basicKinds);
  /** 3×3, inChannels to outChannels, with the stride. */
  readonly conv1: Conv2d;
  /** The norm before `conv2`. */
  readonly bn2: Module;
  /** 3×3, outChannels to outChannels. */
  readonly conv2: Conv2d;
  override readonly downsample: Conv2d | undefined;

  constructor(inChannels: number, outChannels: number, options: BlockOptions = {}) {
    checkArguments(PreActivationBlock.signature, arguments);
    super(inChannels, options);
    const { stride = 1, norm = "batch" } = options;
    this.conv1 = conv3x3(inChannels, outChannels, stride);
    this.bn2 = normLayer(norm, outChannels);
    this.conv2 = conv3x3(outChannels, outChannels);
    this.downsample = preProjection(inChannels, outChannels, options);
  }

  protected override residual(h: Tensor, pass: PassOn): Tensor {
    const first = pass(this.conv1.forward(h));
    return this.conv2.forward(pass(normAct(this.bn2, first, { act: this.act }, pass)));
  }
}

/**
 * norm, act and conv three times, with kernels of 1×1, 3×3 and 1×1, then the addition (He et al. 2016). The 3×3 convolution
 * has the stride.
 */
export class PreActivationBottleneck extends PreActivated {
  static override readonly signature = /* @__PURE__ */ signature(
    "PreActivationBottleneck",
    basicKinds,
  );
  /** 1×1, inChannels to outChannels / 4. */
  readonly conv1: Conv2d;
  /** The norm before `conv2`. */
  readonly bn2: Module;
  /** 3×3 of outChannels / 4 channels, with the stride. */
  readonly conv2: Conv2d;
  /** The norm before `conv3`. */
  readonly bn3: Module;
  /** 1×1, outChannels / 4 to outChannels. */
  readonly conv3: Conv2d;
  override readonly downsample: Conv2d | undefined;

  constructor(inChannels: number, outChannels: number, options: BlockOptions = {}) {
    checkArguments(PreActivationBottleneck.signature, arguments);
    super(inChannels, options);
    const { stride = 1, norm = "batch" } = options;
    const width = Math.max(1, Math.floor(outChannels / 4));
    this.conv1 = conv1x1(inChannels, width);
    this.bn2 = normLayer(norm, width);
    this.conv2 = conv3x3(width, width, stride);
    this.bn3 = normLayer(norm, width);
    this.conv3 = conv1x1(width, outChannels);
    this.downsample = preProjection(inChannels, outChannels, options);
  }

  protected override residual(h: Tensor, pass: PassOn): Tensor {
    const { act } = this;
    const reduced = pass(normAct(this.bn2, pass(this.conv1.forward(h)), { act }, pass));
    const widened = pass(this.conv2.forward(reduced));
    return this.conv3.forward(pass(normAct(this.bn3, widened, { act }, pass)));
  }
}
