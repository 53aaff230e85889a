package dev.jiggety.agent.store.sql;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Puts SQLite's native library beside the first store that this process opens. Left to itself the
 * driver unpacks it into the temporary folder at every start, where each process that is killed
 * leaves a megabyte behind, and which is often mounted without the right to execute.
 */
public final class NativeLibrary {

  private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";
  private static final AtomicBoolean PREPARED = new AtomicBoolean();

  private NativeLibrary() {}

  /**
   * Does it once a process; where it cannot, or an administrator has chosen, the driver decides.
   */
  public static void prepare(Path folder) {
    if (!PREPARED.compareAndSet(false, true)
        || System.getProperty(PATH) != null
        || System.getProperty("org.sqlite.tmpdir") != null) {
      return;
    }
    var name = LibraryLoaderUtil.getNativeLibName();
    var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (var in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in != null) {
        var home = folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
        unpack(in.readAllBytes(), home, home.resolve(name));
        System.setProperty(PATH, home.toAbsolutePath().toString());
        System.setProperty(NAME, name);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "SQLite's library goes into the temporary folder: {0}", e.getMessage());
    }
  }

  private static void unpack(byte[] library, Path home, Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) == library.length) {
      return;
    }
    Files.createDirectories(home);
    var partial = Files.createTempFile(home, "library", ".partial");
    try {
      Files.write(partial, library);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
