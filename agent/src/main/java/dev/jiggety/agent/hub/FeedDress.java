package dev.jiggety.agent.hub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How a live feed is written: the kinds of {@code feed=} that wait. */
enum FeedDress {
  /** One answer as that of a normal feed, given when there is something to say. */
  LONGPOLL("application/json", "{\"results\":[\n", "\n"),
  /** A row a line. */
  CONTINUOUS("application/json", "", "\n"),
  /** Events as browsers read them (WHATWG HTML "Server-sent events"). */
  EVENT_SOURCE("text/event-stream", "", "event: heartbeat\ndata: \n\n");

  private final String type;
  private final String head;
  private final String heartbeat;

  FeedDress(String type, String head, String heartbeat) {
    this.type = type;
    this.head = head;
    this.heartbeat = heartbeat;
  }

  /** The answer's content type. */
  String type() {
    return type;
  }

  /** Whether it goes on after the first rows. */
  boolean goesOn() {
    return this != LONGPOLL;
  }

  ByteBuffer head() {
    return bytes(head);
  }

  ByteBuffer heartbeat() {
    return bytes(heartbeat);
  }

  /** Appends what stands before a row. */
  void before(StringBuilder text, boolean first) {
    switch (this) {
      case LONGPOLL -> text.append(first ? "" : ",\n");
      case CONTINUOUS -> {}
      case EVENT_SOURCE -> text.append("data: ");
    }
  }

  /** Appends what stands after a row. */
  void after(StringBuilder text, String seq) {
    switch (this) {
      case LONGPOLL -> {}
      case CONTINUOUS -> text.append('\n');
      case EVENT_SOURCE -> JsonText.quote(text.append("\nid: "), seq).append("\n\n");
    }
  }

  /** What ends a feed in order. */
  ByteBuffer tail(String lastSeq, long pending) {
    var tail = "\"last_seq\":\"" + lastSeq + "\",\"pending\":" + pending + "}\n";
    return switch (this) {
      case LONGPOLL -> bytes("\n],\n" + tail);
      case CONTINUOUS -> bytes("{" + tail);
      case EVENT_SOURCE -> bytes("");
    };
  }

  private static ByteBuffer bytes(String text) {
    return StandardCharsets.UTF_8.encode(text).asReadOnlyBuffer();
  }
}
