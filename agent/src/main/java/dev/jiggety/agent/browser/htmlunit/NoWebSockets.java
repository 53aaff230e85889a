package dev.jiggety.agent.browser.htmlunit;

import java.io.IOException;
import java.net.URI;
import org.htmlunit.WebClient;
import org.htmlunit.websocket.WebSocketAdapter;
import org.htmlunit.websocket.WebSocketAdapterFactory;
import org.htmlunit.websocket.WebSocketListener;

/**
 * To a page it looks as if nobody listened there. A real one would pass by the connection, the
 * record and the limits of the test.
 */
final class NoWebSockets implements WebSocketAdapterFactory {
  private static final long serialVersionUID = 1;

  private final transient Journal journal;

  NoWebSockets(Journal journal) {
    this.journal = journal;
  }

  @Override
  public WebSocketAdapter buildWebSocketAdapter(WebClient client, WebSocketListener listener) {
    return new Refusing(listener);
  }

  private final class Refusing implements WebSocketAdapter {
    private final WebSocketListener listener;

    Refusing(WebSocketListener listener) {
      this.listener = listener;
    }

    @Override
    public void start() {
      // There is nothing to start.
    }

    @Override
    public void connect(URI url) {
      journal.error("console: this engine opens no web socket: " + url);
      listener.onWebSocketConnectError(new IOException("no web sockets"));
    }

    @Override
    public void send(Object content) throws IOException {
      throw new IOException("no web sockets");
    }

    @Override
    public void closeIncomingSession() {
      // Never open.
    }

    @Override
    public void closeOutgoingSession() {
      // Never open.
    }

    @Override
    public void closeClient() {
      // Never open.
    }
  }
}
