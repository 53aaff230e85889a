package dev.jiggety.model;

/** How a patch asks for its strategy. */
public sealed interface StrategyChoice {
  /** The default. */
  StrategyChoice SWIFT = new Named("swift");

  /** One of the presets, or one that the installation keeps as a document. */
  record Named(String name) implements StrategyChoice {}

  /** One made for this patch. */
  record Own(Strategy strategy) implements StrategyChoice {}
}
