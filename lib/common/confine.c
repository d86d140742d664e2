/* SPDX-License-Identifier: ISC */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "msg.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/*
 * What reading, writing and allocating comes down to.  mprotect and executable
 * mappings stay, for the machine code that PCRE2 makes of patterns.
 */
static const int filter_calls[] = {SCMP_SYS(read), SCMP_SYS(readv),
    SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64),
    SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx), SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(ftruncate),
    SCMP_SYS(fchmod), SCMP_SYS(umask), SCMP_SYS(fcntl), SCMP_SYS(ioctl),
    SCMP_SYS(flock), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
    SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(brk), SCMP_SYS(mmap),
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise),
    SCMP_SYS(futex), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid), SCMP_SYS(gettid),
    SCMP_SYS(tgkill), SCMP_SYS(kill), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
    SCMP_SYS(sigaltstack), SCMP_SYS(exit), SCMP_SYS(exit_group)};

static bool
unavailable(const char *what, int error)
{
	msg_verbose("running unconfined: %s: %s", what, strerror(error));
	return false;
}

/* openat, as long as it only reads. */
static int
allow_reading_open(scmp_filter_ctx ctx)
{
	const unsigned write_flags = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

	return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, write_flags, 0));
}

bool
confine_to_filter(void)
{
	scmp_filter_ctx ctx;
	size_t i;
	int e;

	if (SANITIZED)
		return false;
	if ((ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM))) == NULL)
		return unavailable("seccomp", ENOSYS);
	e = allow_reading_open(ctx);
	for (i = 0; i < sizeof(filter_calls) / sizeof(filter_calls[0]); i++)
		if (e == 0)
			e = seccomp_rule_add(
			    ctx, SCMP_ACT_ALLOW, filter_calls[i], 0);
	if (e == 0)
		e = seccomp_load(ctx);
	seccomp_release(ctx);
	return e == 0 || unavailable("seccomp", -e);
}

/* No execve in any form; everything else as before. */
static bool
refuse_programs(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int e = ctx == NULL ? -ENOSYS : 0;

	if (e == 0)
		e = seccomp_rule_add(
		    ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(execve), 0);
	if (e == 0)
		e = seccomp_rule_add(
		    ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(execveat), 0);
	if (e == 0)
		e = seccomp_load(ctx);
	if (ctx != NULL)
		seccomp_release(ctx);
	return e == 0 || unavailable("seccomp", -e);
}

/* The kinds of writing this kernel can refuse: version 1 knows all but
 * truncating (3) and ioctl (5); 0 means there is no Landlock. */
static __u64
writing_rights(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	__u64 rights = LANDLOCK_ACCESS_FS_WRITE_FILE |
	    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
	    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
	    LANDLOCK_ACCESS_FS_MAKE_SYM;

	return version < 1 ? 0 : rights;
}

/* Missing paths are left out: nothing can be written below them either. */
static void
allow_below(int ruleset, const char *path, __u64 rights)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights};

	if (path == NULL ||
	    (rule.parent_fd = open(path, O_PATH | O_CLOEXEC)) == -1)
		return;
	/* A plain file takes only the right to be written. */
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
		&rule, 0) == -1) {
		rule.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE;
		(void)syscall(SYS_landlock_add_rule, ruleset,
		    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

bool
confine_writes(const char *const *paths)
{
	struct landlock_ruleset_attr attr = {
	    .handled_access_fs = writing_rights()};
	bool done;
	int ruleset;

	if (SANITIZED)
		return false;
	done = refuse_programs();
	if (attr.handled_access_fs == 0 ||
	    (ruleset = (int)syscall(
		 SYS_landlock_create_ruleset, &attr, sizeof(attr), 0)) == -1)
		return unavailable("Landlock", ENOSYS);
	for (; *paths != NULL; paths++)
		allow_below(ruleset, *paths, attr.handled_access_fs);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    syscall(SYS_landlock_restrict_self, ruleset, 0) == -1)
		done = unavailable("Landlock", errno);
	close(ruleset);
	return done;
}
