package dev.jiggety.agent.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.model.AgentRelease;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  private static final AgentRelease.Data DATA = new AgentRelease.Data(1, 1, 1);

  @TempDir Path folder;

  @Test
  void theSameImageMakesTheSameBundleWhateverItsTimesAre() throws Exception {
    Path one = Images.good(folder.resolve("one"), "2");
    Path other = Images.good(folder.resolve("other"), "2");
    Files.setLastModifiedTime(other.resolve("lib/deep/noise"), FileTime.from(Instant.EPOCH));
    write(one, folder.resolve("1"));
    write(other, folder.resolve("2"));
    assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
  }

  @Test
  void whatIsUnpackedIsTheImageWithoutLinks() throws Exception {
    Path image = Images.good(folder.resolve("image"), "2");
    Manifest manifest = write(image, folder.resolve("bundle"));
    Path out = folder.resolve("out");
    unpack(manifest.unpacked(), out);
    assertThat(out.resolve("bin/jiggety")).isExecutable();
    assertThat(out.resolve("lib/deep/noise"))
        .hasSameBinaryContentAs(image.resolve("lib/deep/noise"));
    assertThat(Files.isRegularFile(out.resolve("lib/link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.isExecutable(out.resolve("lib/link"))).isFalse();
  }

  @Test
  void aLinkOutOfTheImageIsNotPacked() throws Exception {
    Path image = Images.good(folder.resolve("image"), "2");
    Files.createSymbolicLink(
        image.resolve("lib/out"), Files.writeString(folder.resolve("secret"), "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(image, folder.resolve("bundle")))
        .withMessageContaining("lib/out leads out of the image");
    assertThat(folder.resolve("bundle")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../up",
        "a/../../up",
        "/etc/cron.d/x",
        "a//b",
        "./a",
        "a/.",
        "C:/x",
        "a\\b",
        ".release",
        "con",
        "a/NUL.txt",
        "a ",
        "a.",
        "line\nbreak",
        ""
      })
  void noFileLeavesItsFolder(String path) throws Exception {
    forged(path, "x", 1, 1);
    assertThatThrownBy(() -> unpack(1, folder.resolve("out")))
        .isInstanceOf(UnfitReleaseException.class);
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.resolve("up")).doesNotExist();
  }

  @Test
  void aFileThatIsLongerThanItSaysIsCut() throws Exception {
    forged("bin/jiggety", "x".repeat(1_000_000), 10, 10);
    assertThatThrownBy(() -> unpack(10, folder.resolve("out")))
        .isInstanceOf(UnfitReleaseException.class)
        .hasMessageContaining("is not what the manifest says");
    assertThat(Files.size(folder.resolve("out/bin/jiggety"))).isLessThanOrEqualTo(10);
  }

  @Test
  void whatIsNotAsLargeAsTheReleaseSaysIsNotUnpacked() throws Exception {
    forged("bin/jiggety", "x", 1, 1);
    assertThatThrownBy(() -> unpack(2, folder.resolve("out")))
        .isInstanceOf(UnfitReleaseException.class);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** A bundle whose manifest names such a file. */
  private void forged(String path, String content, long size, long says) throws IOException {
    Manifest manifest =
        new Manifest(
            "2",
            "linux-x64",
            DATA,
            List.of(
                new Manifest.Entry(
                    path, says, Hashes.of(content.getBytes(StandardCharsets.UTF_8)), true)));
    try (OutputStream out = Files.newOutputStream(folder.resolve("bundle"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(Manifest.NAME));
      zip.write(manifest.write().getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(path.isEmpty() ? "empty" : path));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(size).isEqualTo(says);
  }

  private Manifest write(Path image, Path out) throws IOException {
    return BundleWriter.write(image, "2", "linux-x64", DATA, out);
  }

  private void unpack(long unpacked, Path out) throws Exception {
    BundleReader.unpack(
        folder.resolve("bundle"),
        "2",
        new AgentRelease.Bundle("linux-x64", 1, "", unpacked, List.of()),
        out);
  }
}
