package dev.jiggety.desktop.fx;

/** Holds a subscription; closing it ends the subscription. Closing twice does nothing more. */
@FunctionalInterface
public interface Pin extends AutoCloseable {
  @Override
  void close();

  /** One pin for several; closes them in the order given. */
  static Pin all(Pin... pins) {
    return () -> {
      for (Pin pin : pins) {
        pin.close();
      }
    };
  }
}
