package dev.jiggety.agent.queue;

import dev.jiggety.couch.Credentials;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/** A connection to a broker. It never mends itself: whoever uses it makes a new one. */
final class Link implements AutoCloseable {
  private final ActiveMQConnectionFactory factory;
  private final Connection connection;
  private final AtomicBoolean lost = new AtomicBoolean();

  private Link(ActiveMQConnectionFactory factory, Connection connection) {
    this.factory = factory;
    this.connection = connection;
  }

  static Link open(
      ActiveMQConnectionFactory factory, @Nullable Credentials credentials, Runnable lost)
      throws JMSException {
    factory.setBlockOnDurableSend(true);
    factory.setBlockOnAcknowledge(true);
    factory.setConsumerWindowSize(0); // a standby must not hold messages that it was not asked for
    factory.setInitialConnectAttempts(1);
    factory.setReconnectAttempts(0);
    factory.setUseTopologyForLoadBalancing(false);
    factory.setCallTimeout(Wire.CALL_TIMEOUT.toMillis());
    Connection connection = null;
    boolean open = false;
    try {
      connection =
          credentials == null
              ? factory.createConnection()
              : factory.createConnection(credentials.user(), credentials.password().reveal());
      Link link = new Link(factory, connection);
      connection.setExceptionListener(_ -> {
        link.lost.set(true);
        lost.run();
      });
      connection.start();
      open = true;
      return link;
    } finally {
      if (!open) {
        closeQuietly(connection, factory);
      }
    }
  }

  /** A session that belongs to the thread that uses it first. */
  Session session(int acknowledgeMode) throws JMSException {
    return connection.createSession(false, acknowledgeMode);
  }

  /** Whether it is gone. */
  boolean isLost() {
    return lost.get();
  }

  @Override
  public void close() {
    closeQuietly(connection, factory);
  }

  private static void closeQuietly(
      @Nullable Connection connection, ActiveMQConnectionFactory factory) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (JMSException e) {
      System.getLogger(Link.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection to the queue does not close in order", e);
    } finally {
      factory.close();
    }
  }
}
