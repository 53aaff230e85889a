package dev.jiggety.agent.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/** Sees to it that a broker, which need not be one of ours, has the queues and has them right. */
final class Lines {
  private Lines() {}

  /**
   * Makes the queues that are not there.
   *
   * @throws QueueException when one of them cannot keep the order
   */
  static void check(Session session, Access access) throws JMSException {
    ClientSession core = ((ActiveMQSession) session).getCoreSession();
    try {
      make(core, BrokerSettings.queue(Wire.PATCHES).setExclusive(true), access);
      make(core, BrokerSettings.queue(Wire.TOKENS).setExclusive(true), access);
      make(core, BrokerSettings.queue(Wire.SYNCED).setRingSize(1L), access);
    } catch (ActiveMQException e) {
      throw new QueueException(access.name() + ": " + Faults.remedy(e), e);
    }
  }

  private static void make(ClientSession core, QueueConfiguration wanted, Access access)
      throws ActiveMQException {
    SimpleString name = wanted.getName();
    ClientSession.QueueQuery found = core.queueQuery(name);
    if (!found.isExists()) {
      try {
        core.createQueue(wanted);
      } catch (ActiveMQQueueExistsException e) {
        // Another one has made it in this moment; what it is like is looked at all the same.
      }
      found = core.queueQuery(name);
    }
    boolean exclusive = Boolean.TRUE.equals(found.isExclusive());
    boolean wantsExclusive = Boolean.TRUE.equals(wanted.isExclusive());
    if (!found.isDurable() || (wantsExclusive && !exclusive)) {
      throw new QueueException(
          access.name()
              + ": its queue "
              + name
              + " does not keep the order: it must be durable"
              + (wantsExclusive ? " and exclusive" : ""));
    }
  }
}
