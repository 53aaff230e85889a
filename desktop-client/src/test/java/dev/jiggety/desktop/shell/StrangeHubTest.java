package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.Certificates;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.testing.TestCertificates;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub with an authority of its own, as a person meets it for the first time. */
class StrangeHubTest extends UiTest {
  @TempDir Path certificates;

  @Test
  void aPersonComparesTheFingerprintAndIsLetIn() {
    X509Certificate authority =
        Certificates.read(TestCertificates.selfSigned(certificates, "dns:hub.example").pem())
            .getFirst();
    hub.showCertificate(authority);
    press("toConnect");
    assertThat(isVisible("authority")).as("nothing to say about http").isFalse();
    ComboBox<?> url = find("url", ComboBox.class);
    fx(() -> {
      url.getEditor().setText("https://hub.example");
      return true;
    });
    awaitThat(() -> isVisible("authority"));
    press("connect");
    awaitThat(() -> isVisible("fingerprint"));
    String shown = find("fingerprint", TextField.class).getText();
    assertThat(shown).isEqualTo(Certificates.forPeople(Certificates.fingerprint(authority)));
    press("believe");
    awaitThat(() -> shell.session().isPresent());
    assertThat(settings.get().hubs().getFirst().authority()).endsWith(".pem");
  }

  private boolean isVisible(String id) {
    return fx(() -> {
      Node node = stage.getScene().lookup("#" + id);
      boolean visible = node != null;
      for (Node at = node; at != null; at = at.getParent()) {
        visible &= at.isVisible();
      }
      return visible;
    });
  }
}
