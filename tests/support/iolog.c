/* A library to preload on Linux: records what a program asks of the disk below one folder, and lets the disk misbehave.
 *
 *   IOLOG_FOLDER   the folder that is watched, with a slash at its end; nothing happens without it
 *   IOLOG_ONLY     only files whose names end so are watched
 *   IOLOG_OUT      record every creation, write, truncation, sync, rename and removal there, and every write to the
 *                  standard output, in the order in which they happened (tests/support/power.py reads it); nothing is synced
 *   IOLOG_FAIL_AT  from the k-th call that changes the disk on ...
 *   IOLOG_FAIL_FOR ... so many calls fail (for good where it is not given) ...
 *   IOLOG_ERRNO    ... with this error
 *   IOLOG_KILL_AT  before the k-th call that changes the disk, the program is killed
 *   IOLOG_DENY     every call that changes the disk, and every opening for writing, fails with this error
 *
 * A record is: kind (1 byte), inode and offset (8 bytes each), lengths of path and data (4 bytes each), path, data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define LONGEST 4096

static const char *folder, *only;
static size_t folder_length;
static int log_number = -1;
static long fail_at, fail_for, kill_at, changes;
static int fail_errno = ENOSPC, deny_errno;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static long number_of(const char *name, long otherwise) {
  const char *text = getenv(name);
  return text ? atol(text) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
  folder = getenv("IOLOG_FOLDER");
  if (!folder)
    return;
  folder_length = strlen(folder);
  only = getenv("IOLOG_ONLY");
  fail_at = number_of("IOLOG_FAIL_AT", 0);
  fail_for = number_of("IOLOG_FAIL_FOR", 1L << 40);
  fail_errno = (int)number_of("IOLOG_ERRNO", ENOSPC);
  kill_at = number_of("IOLOG_KILL_AT", 0);
  deny_errno = (int)number_of("IOLOG_DENY", 0);
  const char *out = getenv("IOLOG_OUT");
  if (out)
    log_number = REAL(open)(out, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

static int is_below(const char *path) {
  size_t length = strlen(path), only_length = only ? strlen(only) : 0;
  if (!folder || length < only_length || (only && strcmp(path + length - only_length, only) != 0))
    return 0;
  if (strncmp(path, folder, folder_length) == 0)
    return 1;
  return length == folder_length - 1 && strncmp(path, folder, folder_length - 1) == 0;
}

static int is_watched(int number, char *path) {
  char link[64];
  if (!folder || number == log_number)
    return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", number);
  ssize_t length = readlink(link, path, LONGEST - 1);
  if (length < 0)
    return 0;
  path[length] = 0;
  return is_below(path);
}

/* A relative path is one of the working folder. */
static int is_watched_path(const char *path, char *whole) {
  if (path[0] == '/')
    snprintf(whole, LONGEST, "%s", path);
  else if (!getcwd(whole, LONGEST / 2))
    return 0;
  else {
    strcat(whole, "/");
    strncat(whole, path, LONGEST / 2 - 2);
  }
  return is_below(whole);
}

static void record(char kind, int number, const char *path, uint64_t offset, const void *data, uint32_t length) {
  struct stat status = {0};
  if (log_number < 0)
    return;
  if (number >= 0)
    fstat(number, &status);
  uint64_t inode = status.st_ino;
  uint32_t path_length = (uint32_t)strlen(path);
  size_t size = 25 + path_length + length;
  char *whole = malloc(size), *next = whole;
  *next++ = kind;
  memcpy(next, &inode, 8), next += 8;
  memcpy(next, &offset, 8), next += 8;
  memcpy(next, &path_length, 4), next += 4;
  memcpy(next, &length, 4), next += 4;
  memcpy(next, path, path_length), next += path_length;
  if (length)
    memcpy(next, data, length);
  if (REAL(write)(log_number, whole, size) != (ssize_t)size)
    abort();
  free(whole);
}

/* For a program that goes through all calls in forks of itself: kill before the call-th from now on. */
void iolog_kill_at(long call) {
  changes = 0;
  kill_at = call;
}

/* One more call that changes the disk: is it to fail? */
static int fails(void) {
  changes++;
  if (deny_errno) {
    errno = deny_errno;
    return 1;
  }
  if (kill_at && changes == kill_at)
    raise(SIGKILL);
  if (fail_at && changes >= fail_at && changes < fail_at + fail_for) {
    errno = fail_errno;
    return 1;
  }
  return 0;
}

static int opened(const char *name, int flags, mode_t mode) {
  char path[LONGEST];
  struct stat status;
  if (!is_watched_path(name, path) || (flags & O_DIRECTORY))
    return REAL(open64)(name, flags, mode);
  pthread_mutex_lock(&turn);
  int is_new = (flags & O_CREAT) && stat(path, &status) != 0;
  int is_emptied = !is_new && (flags & O_TRUNC);
  int is_denied = 0;
  if (is_new || is_emptied)
    is_denied = fails();
  else if (deny_errno && (flags & O_ACCMODE) != O_RDONLY) {
    errno = deny_errno;
    is_denied = 1;
  }
  int number = is_denied ? -1 : REAL(open64)(name, flags, mode);
  if (number >= 0 && (is_new || is_emptied))
    record(is_new ? 'C' : 'T', number, path, 0, NULL, 0);
  pthread_mutex_unlock(&turn);
  return number;
}

int open64(const char *name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = (flags & O_CREAT) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return opened(name, flags, mode);
}

int open(const char *name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = (flags & O_CREAT) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return opened(name, flags, mode);
}

int mkdir(const char *name, mode_t mode) {
  char path[LONGEST];
  if (!is_watched_path(name, path))
    return REAL(mkdir)(name, mode);
  pthread_mutex_lock(&turn);
  int code = fails() ? -1 : REAL(mkdir)(name, mode);
  pthread_mutex_unlock(&turn);
  return code;
}

ssize_t pwrite64(int number, const void *data, size_t length, off64_t offset) {
  char path[LONGEST];
  if (!is_watched(number, path))
    return REAL(pwrite64)(number, data, length, offset);
  pthread_mutex_lock(&turn);
  ssize_t done = fails() ? -1 : REAL(pwrite64)(number, data, length, offset);
  if (done > 0)
    record('W', number, path, (uint64_t)offset, data, (uint32_t)done);
  pthread_mutex_unlock(&turn);
  return done;
}

ssize_t pwrite(int number, const void *data, size_t length, off_t offset) {
  return pwrite64(number, data, length, offset);
}

ssize_t write(int number, const void *data, size_t length) {
  char path[LONGEST];
  if (number == STDOUT_FILENO && folder) {
    pthread_mutex_lock(&turn);
    record('A', -1, "", 0, data, (uint32_t)length);
    pthread_mutex_unlock(&turn);
    return REAL(write)(number, data, length);
  }
  if (!is_watched(number, path))
    return REAL(write)(number, data, length);
  pthread_mutex_lock(&turn);
  int is_appending = fcntl(number, F_GETFL) & O_APPEND;
  off64_t offset = lseek64(number, 0, is_appending ? SEEK_END : SEEK_CUR);
  ssize_t done = fails() ? -1 : REAL(write)(number, data, length);
  if (done > 0)
    record('W', number, path, (uint64_t)offset, data, (uint32_t)done);
  pthread_mutex_unlock(&turn);
  return done;
}

int ftruncate64(int number, off64_t length) {
  char path[LONGEST];
  if (!is_watched(number, path))
    return REAL(ftruncate64)(number, length);
  pthread_mutex_lock(&turn);
  int code = fails() ? -1 : REAL(ftruncate64)(number, length);
  if (code == 0)
    record('T', number, path, (uint64_t)length, NULL, 0);
  pthread_mutex_unlock(&turn);
  return code;
}

int ftruncate(int number, off_t length) { return ftruncate64(number, length); }

static int synced(int number, int (*real)(int)) {
  char path[LONGEST];
  if (!is_watched(number, path))
    return log_number < 0 ? real(number) : 0;
  pthread_mutex_lock(&turn);
  struct stat status;
  int is_folder = fstat(number, &status) == 0 && S_ISDIR(status.st_mode);
  int code = fails() ? -1 : log_number < 0 ? real(number) : 0;
  if (code == 0)
    record(is_folder ? 'D' : 'S', number, path, 0, NULL, 0);
  pthread_mutex_unlock(&turn);
  return code;
}

int fsync(int number) { return synced(number, REAL(fsync)); }

int fdatasync(int number) { return synced(number, REAL(fdatasync)); }

int unlink(const char *name) {
  char path[LONGEST];
  if (!is_watched_path(name, path))
    return REAL(unlink)(name);
  pthread_mutex_lock(&turn);
  /* A full disk has room for a removal. */
  int is_failing = fails() && (deny_errno || fail_errno != ENOSPC);
  int code = is_failing ? -1 : REAL(unlink)(name);
  if (code == 0)
    record('U', -1, path, 0, NULL, 0);
  pthread_mutex_unlock(&turn);
  return code;
}

int rename(const char *name, const char *new_name) {
  char path[LONGEST], new_path[LONGEST];
  if (!is_watched_path(name, path) || !is_watched_path(new_name, new_path))
    return REAL(rename)(name, new_name);
  pthread_mutex_lock(&turn);
  int code = fails() ? -1 : REAL(rename)(name, new_name);
  if (code == 0)
    record('R', -1, path, 0, new_path, (uint32_t)strlen(new_path));
  pthread_mutex_unlock(&turn);
  return code;
}

/* Copies go through write(), where they are seen. */
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
  char path[LONGEST];
  if (is_watched(to, path)) {
    errno = ENOTSOCK;
    return -1;
  }
  return REAL(sendfile64)(to, from, offset, length);
}

ssize_t sendfile(int to, int from, off_t *offset, size_t length) { return sendfile64(to, from, offset, length); }
