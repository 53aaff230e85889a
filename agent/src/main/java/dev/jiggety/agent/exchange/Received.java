package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As much of an answer as came. For one thread. */
final class Received {
  int status;
  String reason = "";
  String protocol = "";

  /** Whether the TCP connection stood at some time. */
  boolean connected;

  List<Check.Header> headers = List.of();
  Body body = Body.NONE;
  @Nullable TlsFacts tls;
}
