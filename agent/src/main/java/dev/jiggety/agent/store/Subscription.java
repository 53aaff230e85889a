package dev.jiggety.agent.store;

/** Ends with {@link #close}; closing twice does no harm. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  @Override
  void close();
}
