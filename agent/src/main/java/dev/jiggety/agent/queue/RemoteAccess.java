package dev.jiggety.agent.queue;

import jakarta.jms.JMSException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** The way to a broker elsewhere: whichever of its places answers. */
record RemoteAccess(QueueConfig.Remote config) implements Access {
  private static final int CONNECT_MILLIS = 3_000;

  @Override
  public String name() {
    return "the broker at " + config.url();
  }

  @Override
  public boolean inside() {
    return false;
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public Link connect(Runnable lost) {
    QueueException failure = null;
    for (BrokerUrl.Place place : config.url().places()) {
      try {
        return connect(place, lost);
      } catch (JMSException e) {
        QueueException told = Diagnosis.of(config, place, e);
        if (failure != null) {
          told.addSuppressed(failure);
        }
        failure = told;
      }
    }
    throw failure == null ? new QueueException(name() + " has no address") : failure;
  }

  private Link connect(BrokerUrl.Place place, Runnable lost) throws JMSException {
    ActiveMQConnectionFactory factory =
        new ActiveMQConnectionFactory(
            false,
            new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters(place)));
    factory.setConnectionTTL(Wire.CONNECTION_TTL.toMillis());
    factory.setClientFailureCheckPeriod(Wire.CLIENT_CHECK.toMillis());
    return Link.open(factory, config.credentials().orElse(null), lost);
  }

  private Map<String, Object> parameters(BrokerUrl.Place place) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HOST_PROP_NAME, place.host());
    parameters.put(TransportConstants.PORT_PROP_NAME, place.port());
    parameters.put(TransportConstants.NETTY_CONNECT_TIMEOUT, CONNECT_MILLIS);
    parameters.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
    parameters.put(TransportConstants.USE_KQUEUE_PROP_NAME, false);
    parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 2);
    if (config.url().tls()) {
      parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
      parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, true);
      parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3,TLSv1.2");
      config
          .authority()
          .ifPresent(pem -> {
            parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PEMCA");
            parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME, pem.toAbsolutePath().toString());
          });
    }
    return parameters;
  }
}
