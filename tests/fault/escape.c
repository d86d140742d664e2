/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into a tool, behaves at its exit as code that was smuggled into
 * it: tries the calls that such code would like, and says on stderr which of
 * them were not refused.  A call that fails for another reason, such as a
 * file that is missing, was not refused.
 *
 * ESCAPE is a folder outside what the tool may write, with a file in it called
 * file; OWN (where it is set) one that it may write, with such a file.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static const char *folder; /* that is tried */
static char file[4096], new[4096]; /* in it */
static int held; /* open for reading, as an input is */

static void
say(const char *what)
{
	ssize_t n = write(STDERR_FILENO, what, strlen(what));

	(void)n;
}

static long
closed(long fd)
{
	int saved = errno;

	if (fd >= 0)
		close((int)fd);
	errno = saved;
	return fd;
}

/* So many of the first calls have a path. */
#define NPATHS	  29

#define CALL(...) return syscall(__VA_ARGS__)
#define TRY(name, ...)               \
	static long try_##name(void) \
	{                            \
		__VA_ARGS__;         \
	}

/* Files */
TRY(read, return closed(open(file, O_RDONLY)))
TRY(list, return closed(open(folder, O_RDONLY | O_DIRECTORY)))
TRY(proc, return closed(open("/proc/1/environ", O_RDONLY)))
TRY(stat, struct stat s; return stat(file, &s))
TRY(write, return closed(open(file, O_WRONLY)))
TRY(create, return closed(open(new, O_WRONLY | O_CREAT, 0600)))
TRY(tmpfile, return closed(open("/tmp", O_TMPFILE | O_WRONLY, 0600)))
TRY(empty, return closed(open(file, O_RDONLY | O_TRUNC)))
TRY(openat2, long how[3] = {O_RDONLY, 0, 0};
    CALL(SYS_openat2, AT_FDCWD, file, how, sizeof(how)))
TRY(handle, CALL(SYS_open_by_handle_at, AT_FDCWD, NULL, O_RDONLY))
TRY(truncate, CALL(SYS_truncate, file, 0L))
TRY(rename, return rename(file, new) == 0 ? rename(new, file) : -1)
TRY(exchange, CALL(SYS_renameat2, AT_FDCWD, file, AT_FDCWD, file, 2))
TRY(unlink,
    return unlink(file) == 0 ? closed(open(file, O_WRONLY | O_CREAT, 0600))
			     : -1)
TRY(link, return link(file, new) == 0 ? unlink(new) : -1)
TRY(symlink, return symlink(file, new) == 0 ? unlink(new) : -1)
TRY(rmdir, return rmdir(new))
TRY(mkdir, return unlink(new) == 0 || errno == ENOENT ? mkdir(new, 0700) : -1)
TRY(mkfifo, return mkfifo(new, 0600) == 0 ? unlink(new) : -1)
TRY(chmod, return chmod(file, 0600))
TRY(fchmod, return fchmod(held, 0600))
TRY(fchmodat2, CALL(452L, AT_FDCWD, file, 0600, 0))
TRY(chown, return chown(file, getuid(), (gid_t)-1))
TRY(fchown, return fchown(held, (uid_t)-1, (gid_t)-1))
TRY(setxattr, CALL(SYS_setxattr, file, "user.x", "x", 1, 0))
TRY(fsetxattr, CALL(SYS_fsetxattr, held, "user.x", "x", 1, 0))
TRY(removexattr, CALL(SYS_removexattr, file, "user.x"))
TRY(utimens, return utimensat(AT_FDCWD, file, NULL, 0))
TRY(futimens, return futimens(held, NULL))
TRY(chdir, return chdir("."))
TRY(chroot, CALL(SYS_chroot, "/nowhere"))
TRY(mount, CALL(SYS_mount, "x", "/nowhere", "none", 0L, NULL))
TRY(fsopen, CALL(SYS_fsopen, "none", 0))
TRY(inotify, return closed(syscall(SYS_inotify_init1, 0)))

/* Sockets */
static long
socket_of(int family, int type)
{
	return closed(socket(family, type, 0));
}
TRY(inet, return socket_of(AF_INET, SOCK_STREAM))
TRY(inet6, return socket_of(AF_INET6, SOCK_DGRAM))
TRY(raw, return socket_of(AF_INET, SOCK_RAW))
TRY(unix, return socket_of(AF_UNIX, SOCK_STREAM))
TRY(netlink, return socket_of(AF_NETLINK, SOCK_RAW))
TRY(packet, return socket_of(AF_PACKET, SOCK_DGRAM))
TRY(vsock, return socket_of(AF_VSOCK, SOCK_STREAM))
TRY(alg, return socket_of(AF_ALG, SOCK_SEQPACKET))
TRY(pair, int fd[2]; return socketpair(AF_UNIX, SOCK_DGRAM, 0, fd))
TRY(listen, CALL(SYS_listen, held, 1))
TRY(accept, CALL(SYS_accept, held, NULL, NULL))
TRY(bind, CALL(SYS_bind, held, NULL, 0))

/* Processes */
static long
forked(long pid)
{
	int saved = errno;

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid((pid_t)pid, NULL, 0);
	errno = saved;
	return pid;
}
TRY(fork, return forked(fork()))
TRY(clone, return forked(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL)))
TRY(vfork, pid_t pid = vfork(); return forked(pid))
TRY(clone3, CALL(SYS_clone3, NULL, 0L))
TRY(unshare, CALL(SYS_unshare, 0x40000000 | CLONE_NEWUSER))
TRY(setns, CALL(SYS_setns, held, 0))
TRY(execve, CALL(SYS_execve, "/nowhere", NULL, NULL))
TRY(execveat, CALL(SYS_execveat, AT_FDCWD, "/nowhere", NULL, NULL, 0))
TRY(memfd_exec, long fd = syscall(SYS_memfd_create, "x", 0);
    CALL(SYS_execveat, fd == -1 ? held : fd, "", NULL, NULL, AT_EMPTY_PATH))
TRY(kill, return kill(getppid(), 0))
TRY(kill_all, return kill(-1, 0))
TRY(tgkill, CALL(SYS_tgkill, getppid(), getppid(), 0))
TRY(sigqueue, CALL(SYS_rt_sigqueueinfo, getppid(), 0, NULL))
TRY(pidfd, return closed(syscall(SYS_pidfd_open, getppid(), 0)))
TRY(pidfd_kill, CALL(SYS_pidfd_send_signal, held, 0, NULL, 0))
TRY(pidfd_getfd, CALL(SYS_pidfd_getfd, held, 0, 0))
TRY(own_signal, return fcntl(held, F_SETOWN, getppid()))
TRY(which_signal, return fcntl(held, F_SETSIG, SIGKILL))
TRY(ptrace, CALL(SYS_ptrace, 2, getpid(), NULL, NULL)) /* PEEKDATA */
TRY(vm_read, CALL(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0))
TRY(vm_write, CALL(SYS_process_vm_writev, getppid(), NULL, 0, NULL, 0, 0))
TRY(kcmp, CALL(SYS_kcmp, getpid(), getpid(), 0, 0, 0))
TRY(setpriority, CALL(SYS_setpriority, 0, 0, 19))
TRY(prlimit, CALL(SYS_prlimit64, getppid(), 0, NULL, NULL))
TRY(setsid, CALL(SYS_setsid))
TRY(setuid, CALL(SYS_setuid, getuid()))
TRY(prctl, CALL(SYS_prctl, PR_SET_NAME, "x"))

/* The kernel */
TRY(io_uring, char room[256] = {0};
    return closed(syscall(SYS_io_uring_setup, 1, room)))
TRY(io_uring_enter, CALL(SYS_io_uring_enter, held, 0, 0, 0, NULL, 0L))
TRY(bpf, CALL(SYS_bpf, -1, NULL, 0))
TRY(perf, CALL(SYS_perf_event_open, NULL, 0, -1, -1, 0L))
TRY(keyctl, CALL(SYS_keyctl, 0, -3, 0))
TRY(add_key, CALL(SYS_add_key, NULL, NULL, NULL, 0L, 0))
TRY(userfaultfd, CALL(SYS_userfaultfd, -1))
TRY(module, CALL(SYS_init_module, NULL, 0L, ""))
TRY(reboot, CALL(SYS_reboot, 0, 0, 0, NULL))
TRY(syslog, CALL(SYS_syslog, 10, NULL, 0))
TRY(swapon, CALL(SYS_swapon, "/nowhere", 0))
TRY(quotactl, CALL(SYS_quotactl, 0, NULL, 0, NULL))
TRY(fanotify, CALL(SYS_fanotify_init, -1, 0))
TRY(shm, CALL(SYS_shmget, 0, 4096L, 01600))
TRY(mq, CALL(SYS_mq_unlink, "/nowhere"))
TRY(tiocsti, return ioctl(held, TIOCSTI, "x"))
TRY(personality, CALL(SYS_personality, 0xffffffffL))

#define ROW(name)                 \
	{                         \
#name, try_##name \
	}
static const struct
try {
	const char *name;
	long (*call)(void);
}
tries[] = {
    ROW(read),
    ROW(list),
    ROW(proc),
    ROW(stat),
    ROW(write),
    ROW(create),
    ROW(tmpfile),
    ROW(empty),
    ROW(openat2),
    ROW(handle),
    ROW(truncate),
    ROW(rename),
    ROW(exchange),
    ROW(unlink),
    ROW(link),
    ROW(symlink),
    ROW(rmdir),
    ROW(mkdir),
    ROW(mkfifo),
    ROW(chmod),
    ROW(fchmod),
    ROW(fchmodat2),
    ROW(chown),
    ROW(fchown),
    ROW(setxattr),
    ROW(fsetxattr),
    ROW(removexattr),
    ROW(utimens),
    ROW(futimens),
    ROW(chdir),
    ROW(chroot),
    ROW(mount),
    ROW(fsopen),
    ROW(inotify),
    ROW(inet),
    ROW(inet6),
    ROW(raw),
    ROW(unix),
    ROW(netlink),
    ROW(packet),
    ROW(vsock),
    ROW(alg),
    ROW(pair),
    ROW(listen),
    ROW(accept),
    ROW(bind),
    ROW(fork),
    ROW(clone),
    ROW(vfork),
    ROW(clone3),
    ROW(unshare),
    ROW(setns),
    ROW(execve),
    ROW(execveat),
    ROW(memfd_exec),
    ROW(kill),
    ROW(kill_all),
    ROW(tgkill),
    ROW(sigqueue),
    ROW(pidfd),
    ROW(pidfd_kill),
    ROW(pidfd_getfd),
    ROW(own_signal),
    ROW(which_signal),
    ROW(ptrace),
    ROW(vm_read),
    ROW(vm_write),
    ROW(kcmp),
    ROW(setpriority),
    ROW(prlimit),
    ROW(setsid),
    ROW(setuid),
    ROW(prctl),
    ROW(io_uring),
    ROW(io_uring_enter),
    ROW(bpf),
    ROW(perf),
    ROW(keyctl),
    ROW(add_key),
    ROW(userfaultfd),
    ROW(module),
    ROW(reboot),
    ROW(syslog),
    ROW(swapon),
    ROW(quotactl),
    ROW(fanotify),
    ROW(shm),
    ROW(mq),
    ROW(tiocsti),
    ROW(personality),
};

static bool
is_refused(const struct try *t)
{
	errno = 0;
	return t->call() == -1 &&
	    (errno == EPERM || errno == EACCES || errno == ENOSYS);
}

/* " read", or " own:read" in the folder that is the tool's own. */
static void
try_in(const char *where, const char *prefix, size_t from, size_t to)
{
	char name[100];

	folder = where;
	snprintf(file, sizeof(file), "%s/file", folder);
	snprintf(new, sizeof(new), "%s/new", folder);
	for (size_t i = from; i < to; i++)
		if (!is_refused(&tries[i])) {
			snprintf(
			    name, sizeof(name), " %s%s", prefix, tries[i].name);
			say(name);
		}
	if (rmdir(new) == -1)
		unlink(new);
}

/* Opened as long as that is possible. */
__attribute__((constructor)) static void
hold(void)
{
	int high;

	if (getenv("ESCAPE") == NULL)
		return;
	snprintf(file, sizeof(file), "%s/file", getenv("ESCAPE"));
	held = open(file, O_RDONLY | O_CLOEXEC);
	if ((high = fcntl(held, F_DUPFD_CLOEXEC, 900)) != -1) {
		close(held);
		held = high;
	}
}

/* Not the programs that a tool starts. */
static bool
is_tried(void)
{
	static const char *const names[] = {"true", "arxiv-fetch",
	    "paper-filter", "llm-score", "digest-render"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(program_invocation_short_name, names[i]) == 0)
			return true;
	return false;
}

__attribute__((destructor)) static void
try_all(void)
{
	const size_t n = sizeof(tries) / sizeof(tries[0]);

	if (getenv("ESCAPE") == NULL || !is_tried())
		return;
	say("tried:");
	try_in(getenv("ESCAPE"), "", 0, n);
	if (getenv("OWN") != NULL)
		try_in(getenv("OWN"), "own:", 0, NPATHS);
	execl("/bin/sh", "sh", "-c", "echo ' ran.' >&2", NULL);
	say(".\n");
}
