"""The parameters that each call knows (API documentation, tables of `docs/docs/data`)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CREATE = _words(
    "name meetingID attendeePW moderatorPW welcome dialNumber voiceBridge maxParticipants loginURL "
    "logoutURL record duration isBreakout parentMeetingID sequence freeJoin "
    "breakoutRoomsPrivateChatEnabled breakoutRoomsRecord moderatorOnlyMessage autoStartRecording "
    "allowStartStopRecording webcamsOnlyForModerator multiUserWhiteboardEnabled bannerText "
    "bannerColor muteOnStart allowModsToUnmuteUsers lockSettingsDisableCam lockSettingsDisableMic "
    "lockSettingsDisablePrivateChat lockSettingsDisablePublicChat lockSettingsDisableNotes "
    "lockSettingsHideUserList lockSettingsLockOnJoin lockSettingsLockOnJoinConfigurable "
    "lockSettingsHideViewersCursor lockSettingsHideViewersAnnotation guestPolicy meetingKeepEvents "
    "endWhenNoModerator endWhenNoModeratorDelayInMinutes meetingLayout "
    "learningDashboardCleanupDelayInMinutes allowModsToEjectCameras allowRequestsWithoutSession "
    "userCameraCap meetingCameraCap meetingExpireIfNoUserJoinedInMinutes "
    "meetingExpireWhenLastUserLeftInMinutes groups logo disabledFeatures disabledFeaturesExclude "
    "preUploadedPresentationOverrideDefault notifyRecordingIsOn meetingEndedURL "
    "recordFullDurationMedia preUploadedPresentation preUploadedPresentationName"
)
JOIN = _words(
    "fullName firstName lastName meetingID password role createTime userID webVoiceConf avatarURL "
    "redirect clientURL errorRedirectUrl logoutURL guest excludeFromDashboard bot webcamBackgroundURL "
    "enforceLayout existingUserID replaceSession sessionName"
)
CALLS = {
    "create": CREATE,
    "join": JOIN,
    "isMeetingRunning": frozenset({"meetingID"}),
    "getMeetingInfo": frozenset({"meetingID"}),
    "end": frozenset({"meetingID", "password"}),
    "getMeetings": frozenset(),
    "getRecordings": frozenset({"meetingID", "recordID", "state", "offset", "limit"}),
    "hooks/create": frozenset({"callbackURL", "meetingID", "eventID", "getRaw"}),
    "hooks/list": frozenset({"meetingID"}),
    "hooks/destroy": frozenset({"hookID"}),
}
FREE = {"create": "meta_", "getRecordings": "meta_", "join": "userdata-"}


def unknown(call: str, names: list[str]) -> list[str]:
    """Parameters that a call does not know; a real server would pass over them in silence."""
    free = FREE.get(call, "\0")
    return [name for name in names if name not in CALLS[call] and not name.startswith(free)]
