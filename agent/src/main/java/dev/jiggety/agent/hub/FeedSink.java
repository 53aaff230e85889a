package dev.jiggety.agent.hub;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a live feed is written to. No method blocks. One write at a time: the next one may begin
 * when the one before has reported itself done.
 */
interface FeedSink {

  /**
   * Sends text on its way.
   *
   * @param text its position stays where it is, so one buffer can go to many
   * @param done called once, on any thread, perhaps before this returns; with null when the text
   *     was handed to the network, else with what failed (the client has gone)
   */
  void write(ByteBuffer text, Consumer<@Nullable Throwable> done);

  /** The last text; ends the answer. */
  void end(ByteBuffer text);

  /** Cuts the connection. */
  void cut(Throwable cause);
}
