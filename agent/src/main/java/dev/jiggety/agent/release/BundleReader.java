package dev.jiggety.agent.release;

import dev.jiggety.model.AgentRelease;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Takes a bundle apart. What is written is what the manifest says, byte by byte: plain files in new
 * folders, no links, nothing outside, nothing of what the archive says of owners and rights.
 */
public final class BundleReader {
  private static final int BUFFER = 1 << 16;

  private BundleReader() {}

  /** The manifest of a bundle. */
  public static Manifest manifest(Path bundle) throws IOException, UnfitReleaseException {
    try (ZipInputStream zip = open(bundle)) {
      return manifest(zip);
    }
  }

  /**
   * Unpacks a bundle and brings it to the disk.
   *
   * @param wanted what its manifest has to say
   * @param folder is made; must not be there
   */
  static Manifest unpack(Path bundle, String version, AgentRelease.Bundle wanted, Path folder)
      throws IOException, UnfitReleaseException {
    try (ZipInputStream zip = open(bundle)) {
      Manifest manifest = manifest(zip);
      if (!manifest.version().equals(version) || !manifest.platform().equals(wanted.platform())) {
        throw new UnfitReleaseException(
            "the bundle is of %s for %s".formatted(manifest.version(), manifest.platform()));
      }
      if (manifest.unpacked() != wanted.unpacked()) {
        throw new UnfitReleaseException("the bundle is not as large as the release says");
      }
      Files.createDirectory(folder);
      for (Manifest.Entry file : manifest.files()) {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(file.path())) {
          throw new UnfitReleaseException("the bundle does not hold " + file.path());
        }
        write(zip, file, folder.resolve(file.path()));
      }
      if (zip.getNextEntry() != null) {
        throw new UnfitReleaseException("the bundle holds more than its manifest says");
      }
      return manifest;
    } catch (ZipException e) {
      throw new UnfitReleaseException("the bundle cannot be unpacked: " + e.getMessage());
    }
  }

  private static ZipInputStream open(Path bundle) throws IOException {
    return new ZipInputStream(new BufferedInputStream(Files.newInputStream(bundle), BUFFER));
  }

  private static Manifest manifest(ZipInputStream zip) throws IOException, UnfitReleaseException {
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(Manifest.NAME)) {
      throw new UnfitReleaseException("it is no bundle: it does not begin with a manifest");
    }
    byte[] text = zip.readNBytes(Manifest.LARGEST + 1);
    if (text.length > Manifest.LARGEST) {
      throw new UnfitReleaseException("its manifest is larger than any honest one");
    }
    return Manifest.read(new String(text, StandardCharsets.UTF_8));
  }

  private static void write(InputStream in, Manifest.Entry file, Path to)
      throws IOException, UnfitReleaseException {
    Path folder = to.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    MessageDigest digest = Hashes.sha256();
    byte[] buffer = new byte[BUFFER];
    long left = file.size();
    try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        left -= n;
        if (left < 0) {
          break;
        }
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    }
    if (left != 0 || !Hashes.hex(digest).equals(file.sha256())) {
      throw new UnfitReleaseException(file.path() + " is not what the manifest says");
    }
    if (to.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          to, PosixFilePermissions.fromString(file.executable() ? "rwxr-xr-x" : "rw-r--r--"));
    }
    Durable.force(to);
  }
}
