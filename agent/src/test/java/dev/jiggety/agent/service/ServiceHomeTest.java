package dev.jiggety.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.agent.service.ServiceHome.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ServiceHomeTest {
  @TempDir private Path folder;
  private final List<String> ran = new ArrayList<>();
  private String fails = "nothing";
  private ServiceSpec spec;

  @BeforeEach
  void node() {
    spec =
        new ServiceSpec(
            ServiceSpec.Role.NODE,
            List.of("/opt/jig gety/bin/jiggety"),
            folder.resolve("data"),
            List.of("--tags", "eu,50%", "--name", "n$1 & co"),
            "watcher");
  }

  private ServiceHome home(Kind system, boolean isSystem) {
    return new ServiceHome(
        system,
        isSystem,
        folder.resolve("root"),
        folder.resolve("home"),
        command -> {
          String line = String.join(" ", command);
          ran.add(line);
          return line.contains(fails)
              ? new Shell.Ended(1, "no bus")
              : new Shell.Ended(0, line.startsWith("id ") ? "501" : "ActiveState=active");
        });
  }

  @Test
  void installsAndRemovesAUnitOfTheSystem() throws Exception {
    ServiceHome home = home(Kind.SYSTEMD, true);
    Path unit = folder.resolve("root/etc/systemd/system/jiggety-node.service");
    assertThat(home.install(spec)).contains("wrote " + unit);
    assertThat(ran)
        .containsExactly("systemctl daemon-reload", "systemctl enable --now jiggety-node");
    assertThat(Files.readString(unit))
        .contains("User=watcher", "Type=notify", "WatchdogSec=30s", "ProtectSystem=strict")
        .contains("ExecStart=\"/opt/jig gety/bin/jiggety\" node --data ")
        .contains("eu,50%% --name \"n$$1 & co\"");
    assertThat(home.status(spec).isRunning()).isTrue();
    assertThat(home.uninstall(spec)).contains("removed " + unit);
    assertThat(unit).doesNotExist();
    assertThat(folder.resolve("data")).exists();
    assertThatThrownBy(() -> home.uninstall(spec)).hasMessageContaining("no service");
  }

  @Test
  void aUnitOfAUserNeedsNoRights() throws Exception {
    ServiceHome home = home(Kind.SYSTEMD, false);
    assertThat(home.install(spec)).anyMatch(line -> line.contains("enable-linger"));
    assertThat(ran).allMatch(line -> line.startsWith("systemctl --user "));
    assertThat(Files.readString(folder.resolve("home/.config/systemd/user/jiggety-node.service")))
        .contains("WantedBy=default.target")
        .doesNotContain("User=", "ProtectSystem");
  }

  @Test
  void systemdItselfReadsTheUnits() throws Exception {
    Assumptions.assumeTrue(
        Shell.SYSTEM.run(List.of("systemd-analyze", "--version")).isFine(), "no systemd here");
    ServiceSpec real =
        new ServiceSpec(
            ServiceSpec.Role.HUB,
            List.of("/bin/true"),
            Files.createDirectory(folder.resolve("a b")),
            List.of(),
            "");
    for (boolean isSystem : new boolean[] {true, false}) {
      Path unit = folder.resolve("jiggety-hub.service");
      Files.writeString(unit, ServiceFiles.systemd(real, isSystem));
      Shell.Ended verified =
          Shell.SYSTEM.run(List.of("systemd-analyze", "verify", "--man=no", unit.toString()));
      assertThat(verified.output().lines().filter(line -> line.contains("jiggety-hub"))).isEmpty();
    }
  }

  @Test
  void whatFailsIsLeftToPeople() {
    fails = "enable";
    assertThat(home(Kind.SYSTEMD, true).install(spec))
        .anyMatch(line -> line.startsWith("failed: systemctl enable") && line.contains("no bus"));
    fails = "daemon-reload";
    assertThat(home(Kind.SYSTEMD, true).install(spec))
        .contains("still to do: systemctl enable --now jiggety-node");
  }

  @Test
  void doesNotPutItselfBeforeThePackage() throws Exception {
    Path packaged = folder.resolve("root/usr/lib/systemd/system/jiggety-node.service");
    Files.createDirectories(packaged.getParent());
    Files.createFile(packaged);
    assertThatThrownBy(() -> home(Kind.SYSTEMD, true).install(spec))
        .hasMessageContaining("systemctl enable --now jiggety-node");
  }

  @Test
  void writesAPropertyListForLaunchd() throws Exception {
    ServiceHome home = home(Kind.LAUNCHD, true);
    assertThat(home.install(spec)).anyMatch(line -> line.contains("launchctl bootstrap system"));
    Document plist =
        parse(
            Files.readString(folder.resolve("root/Library/LaunchDaemons/dev.jiggety.node.plist")));
    assertThat(texts(plist, "string"))
        .contains("dev.jiggety.node", "watcher", "n$1 & co", "/opt/jig gety/bin/jiggety");
    assertThat(home(Kind.LAUNCHD, false).install(spec))
        .anyMatch(line -> line.contains("launchctl bootstrap gui/501"));
  }

  @Test
  void writesAConfigurationForWindowsAndSaysWhatIsStillToDo() throws Exception {
    ServiceHome home = home(Kind.WINDOWS, true);
    assertThat(home.install(spec)).anyMatch(line -> line.contains("WinSW"));
    Document xml = parse(Files.readString(folder.resolve("data/jiggety-node.xml")));
    assertThat(texts(xml, "executable")).containsExactly("/opt/jig gety/bin/jiggety");
    assertThat(texts(xml, "arguments").getFirst()).contains("\"n$1 & co\"");
  }

  /** Without its document type, which lies in the network. */
  private static Document parse(String xml) throws Exception {
    String bare = xml.replaceAll("<!DOCTYPE[^>]*>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bare.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document document, String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(Optional.ofNullable(found.item(i).getTextContent()).orElse(""));
    }
    return texts;
  }
}
