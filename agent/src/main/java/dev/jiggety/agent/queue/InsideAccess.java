package dev.jiggety.agent.queue;

import jakarta.jms.JMSException;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** The way to the broker of this process. */
record InsideAccess(EmbeddedBroker broker) implements Access {

  @Override
  public String name() {
    return "the queue in " + broker.folder();
  }

  @Override
  public boolean inside() {
    return true;
  }

  @Override
  public Optional<String> trouble() {
    return broker.trouble();
  }

  @Override
  public Link connect(Runnable lost) {
    trouble()
        .ifPresent(reason -> {
          throw new QueueException(reason);
        });
    ActiveMQConnectionFactory factory =
        new ActiveMQConnectionFactory(
            false,
            new TransportConfiguration(
                InVMConnectorFactory.class.getName(),
                BrokerSettings.insideParameters(broker.number())));
    try {
      return Link.open(factory, null, lost);
    } catch (JMSException e) {
      throw new QueueException(trouble().orElseGet(() -> name() + ": " + Faults.remedy(e)), e);
    }
  }
}
