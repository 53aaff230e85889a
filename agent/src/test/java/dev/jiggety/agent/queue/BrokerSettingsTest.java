package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;

/** Settings whose default is a trap that no other test can see on a quick machine. */
class BrokerSettingsTest {
  private final Configuration settings =
      BrokerSettings.of(BrokerConfig.inside(Path.of("nowhere")), 1);

  @Test
  void theJournalIsOfTheKindThatItIsSaidToBe() {
    assertThat(settings.getJournalType())
        .as("ASYNCIO may fall back to NIO without a word")
        .isEqualTo(JournalType.NIO);
  }

  @Test
  void aLoneSenderDoesNotWaitForCompany() {
    assertThat(settings.getJournalBufferTimeout_NIO())
        .as("ns; the default of 3.3 ms holds a lone sender at 273 patches a second")
        .isEqualTo(100_000);
  }

  @Test
  void whatIsConfirmedIsSynced() {
    assertThat(settings.isPersistenceEnabled()).isTrue();
    assertThat(settings.isJournalDatasync()).isTrue();
    assertThat(settings.isJournalSyncNonTransactional()).isTrue();
    assertThat(settings.isJournalSyncTransactional()).isTrue();
  }

  @Test
  void duplicatesAreRememberedForTwentyThousandPatchesAcrossRestarts() {
    assertThat(settings.isPersistIDCache()).isTrue();
    assertThat(line().getIDCacheSize()).isEqualTo(20_000);
  }

  @Test
  void nothingOvertakesAndNothingIsGivenUp() {
    assertThat(line().getRedeliveryDelay()).isZero();
    assertThat(line().getMaxDeliveryAttempts()).isEqualTo(-1);
  }

  @Test
  void anEmbeddedBrokerIsReachedFromItsProcessAlone() {
    assertThat(settings.getAcceptorConfigurations())
        .singleElement()
        .satisfies(acceptor ->
            assertThat(acceptor.getFactoryClassName())
                .isEqualTo(InVMAcceptorFactory.class.getName()));
  }

  @Test
  void theVersionHasNoKnownHoles() {
    String[] version =
        ConfigurationImpl.class.getPackage().getImplementationVersion().split("\\.", -1);
    assertThat(version[0]).isEqualTo("2");
    assertThat(Integer.parseInt(version[1]))
        .as("below 2.53: CVE-2026-27446, CVE-2026-32642")
        .isGreaterThanOrEqualTo(53);
  }

  private AddressSettings line() {
    return settings.getAddressSettings().get("#");
  }
}
