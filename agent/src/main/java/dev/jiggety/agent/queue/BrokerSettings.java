package dev.jiggety.agent.queue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.DiskFullMessagePolicy;

/** How a broker of ours is set up; each value that is not Artemis' own has its reason here. */
final class BrokerSettings {
  /** Below this much free room, in bytes, patches are refused rather than the journal broken. */
  static final long LEAST_ROOM = 16L << 20;

  /** How much of the past is kept for audit, in bytes. */
  private static final long HISTORY = 64L << 20;

  private static final int FILE_SIZE = 1 << 20;

  private BrokerSettings() {}

  /**
   * @param inside the number by which this process reaches it, see {@link #insideParameters}
   */
  static Configuration of(BrokerConfig config, int inside) {
    Path folder = config.folder();
    Configuration settings = new ConfigurationImpl();
    settings.setName("jiggety");
    journal(settings, folder);
    settings.setSecurityEnabled(
        config.listener().flatMap(BrokerConfig.Listener::credentials).isPresent());
    settings.setConnectionTtlCheckInterval(Wire.SERVER_CHECK.toMillis());
    // Things that a line of patches has no use for.
    settings.setJMXManagementEnabled(false);
    settings.setMessageCounterEnabled(false);
    settings.setCriticalAnalyzer(false); // a process that was frozen is not broken
    settings.setMessageExpiryScanPeriod(-1);
    settings.setAddressQueueScanPeriod(-1);
    settings.setConfigurationFileRefreshPeriod(-1);
    settings.setThreadPoolMaxSize(8);
    settings.setScheduledThreadPoolMaxSize(2);
    settings.setGlobalMaxSize(32L << 20);
    settings.addAddressSetting("#", lines());
    settings.addQueueConfiguration(queue(Wire.PATCHES).setExclusive(true));
    settings.addQueueConfiguration(queue(Wire.TOKENS).setExclusive(true));
    settings.addQueueConfiguration(queue(Wire.SYNCED).setRingSize(1L));
    settings.addAcceptorConfiguration(
        config
            .listener()
            .map(listener -> network(listener, folder))
            .orElseGet(() ->
                new TransportConfiguration(
                    InVMAcceptorFactory.class.getName(), insideParameters(inside), "inside")));
    return settings;
  }

  /** A queue as all of ours are; one made by a client is the same. */
  static QueueConfiguration queue(String name) {
    return QueueConfiguration.of(name)
        .setAddress(name)
        .setRoutingType(RoutingType.ANYCAST)
        .setDurable(true)
        .setAutoDelete(false);
  }

  /** How this process reaches its own broker. */
  static Map<String, Object> insideParameters(int inside) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(
        org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants.SERVER_ID_PROP_NAME,
        inside);
    return parameters;
  }

  /** The file, in the broker's folder, that tells where certificate and key are. */
  static Path certificateFile(Path folder) {
    return folder.resolve("certificate");
  }

  private static void journal(Configuration settings, Path folder) {
    settings.setPersistenceEnabled(true);
    settings.setJournalDirectory(folder.resolve("journal").toString());
    settings.setBindingsDirectory(folder.resolve("bindings").toString());
    settings.setPagingDirectory(folder.resolve("paging").toString());
    settings.setLargeMessagesDirectory(folder.resolve("large").toString());
    settings.setJournalRetentionDirectory(folder.resolve("history").toString());
    settings.setJournalRetentionMaxBytes(HISTORY);
    // Asked for ASYNCIO, Artemis may fall back to NIO without a word and with other timers.
    settings.setJournalType(JournalType.NIO);
    settings.setJournalDatasync(true);
    settings.setJournalSyncTransactional(true);
    settings.setJournalSyncNonTransactional(true);
    // The default, 3.3 ms, is how long a lone sender would wait for company before each sync.
    settings.setJournalBufferTimeout_NIO(100_000); // ns
    settings.setJournalBufferSize_NIO(128 << 10);
    settings.setJournalFileSize(FILE_SIZE);
    settings.setJournalMinFiles(2);
    settings.setJournalPoolFiles(4);
    settings.setPersistIDCache(true);
    settings.setIDCacheSize(20_000);
    // A share of the disk says nothing on a large one; what counts is room for the next files.
    settings.setMaxDiskUsage(-1);
    settings.setMinDiskFree(LEAST_ROOM);
    settings.setDiskScanPeriod(1_000); // ms
  }

  /**
   * A later patch must never overtake: so no delay before a patch is delivered again, and no end of
   * attempts, after which it would be put elsewhere or thrown away.
   */
  private static AddressSettings lines() {
    return new AddressSettings()
        .setRedeliveryDelay(0)
        .setMaxDeliveryAttempts(-1)
        .setIDCacheSize(20_000)
        .setDiskFullMessagePolicy(DiskFullMessagePolicy.FAIL)
        .setAutoCreateQueues(false)
        .setAutoCreateAddresses(false)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }

  private static TransportConfiguration network(BrokerConfig.Listener listener, Path folder) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HOST_PROP_NAME, listener.bind());
    parameters.put(TransportConstants.PORT_PROP_NAME, listener.port());
    parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
    // The JDK's own sockets: the system's faster ones are native code for a few messages a minute.
    parameters.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
    parameters.put(TransportConstants.USE_KQUEUE_PROP_NAME, false);
    parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 2);
    if (listener.tls().isPresent()) {
      parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
      parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PEMCFG");
      parameters.put(
          TransportConstants.KEYSTORE_PATH_PROP_NAME, certificateFile(folder).toString());
      parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3,TLSv1.2");
    }
    return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "network");
  }
}
