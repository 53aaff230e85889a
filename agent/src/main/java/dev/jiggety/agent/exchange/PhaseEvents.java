package dev.jiggety.agent.exchange;

import dev.jiggety.model.Phase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Moves a {@link PhaseClock} along OkHttp's events; all of them come on the calling thread. */
final class PhaseEvents extends EventListener {
  private final PhaseClock clock;
  private final LongSupplier nanos;
  private boolean connected;

  PhaseEvents(PhaseClock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Those of a request that carries them. */
  static EventListener of(Call call) {
    PhaseEvents events = call.request().tag(PhaseEvents.class);
    return events == null ? EventListener.NONE : events;
  }

  /** Whether the TCP connection stood at some time. */
  boolean connected() {
    return connected;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    clock.enter(Phase.CONNECT, nanos.getAsLong());
  }

  @Override
  public void secureConnectStart(Call call) {
    connected = true;
    clock.enter(Phase.SSL, nanos.getAsLong());
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    connected = true;
    clock.enter(Phase.BLOCKED, nanos.getAsLong());
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    clock.enter(Phase.BLOCKED, nanos.getAsLong());
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    connected = true;
  }

  @Override
  public void requestHeadersStart(Call call) {
    clock.enter(Phase.SEND, nanos.getAsLong());
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    if (request.body() == null) {
      clock.enter(Phase.WAIT, nanos.getAsLong());
    }
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    clock.enter(Phase.WAIT, nanos.getAsLong());
  }

  @Override
  public void responseHeadersStart(Call call) {
    clock.enter(Phase.RECEIVE, nanos.getAsLong());
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    clock.enter(Phase.RECEIVE, nanos.getAsLong());
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException e) {
    clock.stop(nanos.getAsLong());
  }
}
